package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A state machine under {@code infra/state-machines}, held against the exceptions that the handlers throw. */
record StateMachineFile(String name, JsonNode definition) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<StateMachineFile> of(Path project) throws IOException {
        try (var files = Files.list(project.resolve("infra/state-machines"))) {
            return files.sorted().map(StateMachineFile::read).toList();
        }
    }

    private static StateMachineFile read(Path file) {
        try {
            return new StateMachineFile(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** What is wrong, a sentence each: every error that is waited for can happen. */
    List<String> problemsOfErrors() {
        var names = new TreeSet<String>();
        definition.findValues("ErrorEquals").forEach(list -> list.forEach(error -> names.add(error.asText())));
        return names.stream().flatMap(this::problemOf).toList();
    }

    private Stream<String> problemOf(String error) {
        if (error.startsWith("States.") || error.startsWith("Lambda.")) {
            return Stream.empty();
        }
        try {
            // Step Functions sees the full name of the exception's class.
            var thrown = Class.forName(error, false, StateMachineFile.class.getClassLoader());
            return Throwable.class.isAssignableFrom(thrown)
                    ? Stream.empty()
                    : Stream.of("%s waits for %s, which cannot be thrown".formatted(name, error));
        } catch (ClassNotFoundException e) {
            return Stream.of("%s waits for %s, and there is no such class".formatted(name, error));
        }
    }
}
