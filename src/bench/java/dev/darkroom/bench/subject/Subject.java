package dev.darkroom.bench.subject;

import dev.darkroom.local.functions.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is measured: a function's artifact, or a peer to compare it with.
 *
 * @param folder where the process runs
 * @param handlers which handlers it has
 * @param echoes whether it answers with the event and does no work
 * @param settings further variables of its process
 */
public record Subject(
        String name,
        List<String> command,
        Path folder,
        Set<Handler> handlers,
        boolean echoes,
        Map<String, String> settings) {

    public static final String NATIVE = "native";
    public static final String JVM = "JVM";
    public static final String NODE = "Node";
    public static final String BUNDLED = "Node bundled";
    public static final String PLAIN = "plain";

    /** A function's artifact, which is native when there is a {@code bootstrap} in it. */
    public static Subject ours(Artifact artifact) {
        var name = Files.exists(artifact.folder().resolve("bootstrap")) ? NATIVE : JVM;
        return new Subject(name, artifact.command(), artifact.folder(), Set.of(Handler.values()), false, Map.of());
    }

    public static Subject node(List<String> command, Path folder) {
        return new Subject(NODE, command, folder, Set.of(Handler.GET), false, Map.of());
    }

    /** The same program in one file, with nothing of the SDK but what it uses. */
    public static Subject bundled(List<String> command, Path folder) {
        return new Subject(BUNDLED, command, folder, Set.of(Handler.GET), false, Map.of());
    }

    public static Subject plain(Path executable, Path folder) {
        return new Subject(PLAIN, List.of(executable.toString()), folder, Set.of(Handler.GET), true, Map.of());
    }

    /** The same with these handlers only. */
    public Subject with(Set<Handler> some) {
        return new Subject(name, command, folder, some, echoes, settings);
    }

    /** The same with a heap of at most so many megabytes. */
    public Subject withHeap(int megabytes) {
        var option = "-Xmx%dm".formatted(megabytes);
        return name.equals(NATIVE)
                ? new Subject(name, concat(command, option), folder, handlers, echoes, settings)
                : with(name, Map.of("JAVA_TOOL_OPTIONS", option));
    }

    private static List<String> concat(List<String> command, String argument) {
        return Stream.concat(command.stream(), Stream.of(argument)).toList();
    }

    /** The same under another name, with further variables. */
    public Subject with(String other, Map<String, String> further) {
        return new Subject(other, command, folder, handlers, echoes, further);
    }

    /** Returns the answer; throws when the handler did not do its work, because errors would be fast. */
    public MeasuredProcess.Answer checked(Handler handler, MeasuredProcess.Answer answer) {
        if (!echoes && !handler.isAnsweredBy(answer.body())) {
            throw new IllegalStateException(
                    "%s, %s: an unexpected answer: %s".formatted(name, handler.function(), answer.body()));
        }
        return answer;
    }
}
