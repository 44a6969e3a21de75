package dev.darkroom.bench;

import dev.darkroom.local.Artifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is measured: a function's artifact, or a peer to compare it with.
 *
 * @param folder where the process runs
 * @param handlers which handlers it has
 * @param echoes whether it answers with the event and does no work
 */
record Candidate(String name, List<String> command, Path folder, Set<Handler> handlers, boolean echoes) {

    static final String NATIVE = "native";
    static final String JVM = "JVM";
    static final String NODE = "Node";
    static final String PLAIN = "plain";

    static Candidate ours(String name, Artifact artifact) {
        return new Candidate(name, artifact.command(), artifact.folder(), Set.of(Handler.values()), false);
    }

    static Candidate node(List<String> command, Path folder) {
        return new Candidate(NODE, command, folder, Set.of(Handler.GET), false);
    }

    static Candidate plain(Path executable, Path folder) {
        return new Candidate(PLAIN, List.of(executable.toString()), folder, Set.of(Handler.GET), true);
    }

    /** The answer, if it is that of a handler that did its work: errors would be fast. */
    MeasuredProcess.Answer checked(Handler handler, MeasuredProcess.Answer answer) {
        if (!echoes && !handler.isAnsweredBy(answer.body())) {
            throw new IllegalStateException(
                    "%s, %s: an unexpected answer: %s".formatted(name, handler.function(), answer.body()));
        }
        return answer;
    }
}
