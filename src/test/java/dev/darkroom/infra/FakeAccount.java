package dev.darkroom.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A project in which {@code make deploy} and {@code make remove} get as far as osls. Its AWS CLI, npm and npx are fakes
 * that only record their arguments. For a resource that the test has not set up, the CLI answers that it does not
 * exist.
 */
final class FakeAccount {

    /** A zip without files, which counts as an artifact for the JVM. */
    private static final byte[] ZIP = {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final String AWS = """
            #!/bin/sh
            echo "aws $*" >> "$FAKE/calls"
            if [ -f "$FAKE/$1 $2" ]; then cat "$FAKE/$1 $2"; exit 0; fi
            if [ -f "$FAKE/$1 $2 fails" ]; then cat "$FAKE/$1 $2 fails" >&2; exit 254; fi
            echo "An error occurred (ResourceNotFoundException) when calling the $2 operation: not found" >&2
            exit 254
            """;

    private static final String OTHER = """
            #!/bin/sh
            echo "$(basename "$0") $*" >> "$FAKE/calls"
            """;

    private final Path project;
    private final Path fake;
    private final Map<String, String> environment = new HashMap<>();

    /** The output of a command and the calls that it made. */
    record Ended(int exitCode, String output, List<String> calls) {

        /** The arguments of osls; empty when it was not started. */
        List<String> deployment() {
            return calls.stream().filter(call -> call.startsWith("npx ")).toList();
        }
    }

    FakeAccount(Path folder) throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        fake = Files.createDirectories(folder.resolve("fake"));
        var infra = Files.createDirectories(project.resolve("infra"));
        try (var files = Files.list(InfraTools.PROJECT.resolve("infra"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, infra.resolve(file.getFileName()));
            }
        }
        var functions = Files.createDirectories(infra.resolve("functions"));
        try (var files = Files.list(InfraTools.PROJECT.resolve("infra/functions"))) {
            for (var file : files.toList()) {
                Files.copy(file, functions.resolve(file.getFileName()));
            }
        }
        Files.createDirectories(project.resolve("target"));
        Files.write(project.resolve("target/function.zip"), ZIP);
        command("aws", AWS);
        command("npm", OTHER);
        command("npx", OTHER);
        environment.put("HOME", folder.toString());
        says("sts get-caller-identity", "{\"Account\": \"123456789012\"}");
        fails("cloudformation describe-stacks", "ValidationError", "Stack with id darkroom-dev does not exist");
        says("secretsmanager get-secret-value", "{\"SecretString\": \"the-key\"}");
    }

    /** Makes a program of this name. */
    void command(String name, String script) throws IOException {
        var file = Files.writeString(fake.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Sets the CLI's answer to a command. */
    FakeAccount says(String command, String json) throws IOException {
        Files.deleteIfExists(fake.resolve(command + " fails"));
        Files.writeString(fake.resolve(command), json);
        return this;
    }

    FakeAccount fails(String command, String code, String message) throws IOException {
        Files.deleteIfExists(fake.resolve(command));
        Files.writeString(
                fake.resolve(command + " fails"),
                "\nAn error occurred (%s) when calling the %s operation: %s\n".formatted(code, command, message));
        return this;
    }

    FakeAccount with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes the settings of the AWS CLI. */
    FakeAccount withConfig(String text) throws IOException {
        var file = Path.of(environment.getOrDefault("HOME", "")).resolve(".aws/config");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Ended deploy(String... parameters) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(parameters));
        if (all.stream().noneMatch(parameter -> parameter.startsWith("packaging="))) {
            all.add("packaging=jvm");
        }
        return run("deploy", String.join(" ", all));
    }

    Ended adopt(String... parameters) throws IOException, InterruptedException {
        return run("adopt", String.join(" ", parameters));
    }

    Ended remove() throws IOException, InterruptedException {
        return run("remove", "");
    }

    private Ended run(String command, String parameters) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("node", "infra/deploy.mjs", command)
                .directory(project.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("REGION"));
        builder.environment().putAll(environment);
        builder.environment().put("FAKE", fake.toString());
        builder.environment().put("PARAMS", parameters);
        builder.environment().merge("PATH", fake.toString(), (path, first) -> first + ":" + path);
        Files.deleteIfExists(fake.resolve("calls"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        var calls = fake.resolve("calls");
        return new Ended(exitCode, output, Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }
}
