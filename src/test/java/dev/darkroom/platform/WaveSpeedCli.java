package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The provider's command line, unmodified.
 *
 * @param home where it keeps its settings and its copy of the catalogue, and where it writes files
 */
record WaveSpeedCli(NpmPackages packages, Path home) {

    /** Sets the gateway's address as a user does. It has no environment variable for it. */
    WaveSpeedCli configured(RunningPlatform gateway) throws IOException, InterruptedException {
        var ended = run("config", "--base-url", gateway.platform().address().toString());
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return this;
    }

    /** Stores an API key, after the program has tried it. */
    EndedProgram login(String key) throws IOException, InterruptedException {
        return run("login", "--no-browser", "--api-key", key);
    }

    EndedProgram run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("node", packages.file("@wavespeed/cli/dist/cli.js").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(home.toFile());
        // Settings of the person who runs the tests would lead to the real provider, or colour the output.
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("WAVESPEED_") || name.startsWith("XDG_") || name.equals("FORCE_COLOR"));
        builder.environment().put("HOME", home.toString());
        return EndedProgram.of(builder);
    }

    /** What a command prints that succeeds. */
    String text(String... arguments) throws IOException, InterruptedException {
        var ended = run(arguments);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        return ended.output();
    }

    /** The JSON of a command that succeeds. */
    JsonPath json(String... arguments) throws IOException, InterruptedException {
        return JsonPath.from(text(withJson(arguments)));
    }

    /** What a command says that fails. */
    String error(String... arguments) throws IOException, InterruptedException {
        var ended = run(withJson(arguments));
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
        return ended.output();
    }

    private static String[] withJson(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return all.toArray(String[]::new);
    }
}
