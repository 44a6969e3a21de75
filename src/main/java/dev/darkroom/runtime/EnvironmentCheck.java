package dev.darkroom.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.provider.WiredProviders;
import dev.darkroom.settings.Environment;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Checks the environment before any part of a function is started, and ends the process with one line that says what is
 * wrong. Without this check each part would fail with an error of its own or of the framework, some only at their first
 * use.
 */
public final class EnvironmentCheck implements SmallRyeConfigBuilderCustomizer {

    /** Lambda sets this variable; it is missing where the application is built or tested. */
    private static final String RUNTIME_API = "AWS_LAMBDA_RUNTIME_API";

    private static final class Variables extends EnvConfigSource {}

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        var variables = new Variables();
        if (variables.getValue(RUNTIME_API) != null) {
            var problems = new Environment(
                            variables::getValue, WiredProviders.deployed().variables())
                    .problems();
            if (!problems.isEmpty()) {
                end(String.join("; ", problems));
            }
        }
    }

    /** The log is not set up yet, so the line is written as the log would write it. */
    private static void end(String problem) {
        var line = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", Instant.now().toString())
                .put("level", "ERROR")
                .put("loggerName", EnvironmentCheck.class.getName())
                .put("message", "function-start-failed: " + problem);
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The exit code alone then reports the failure.
        }
        // The framework's own exit would log stack traces of follow-up errors.
        Runtime.getRuntime().halt(1);
    }
}
