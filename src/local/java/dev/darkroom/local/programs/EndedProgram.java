package dev.darkroom.local.programs;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** What a program printed, and the code with which it ended. */
public record EndedProgram(int exitCode, String output, String errors) {

    /** Runs a program without input to its end. */
    public static EndedProgram of(ProcessBuilder builder) throws IOException, InterruptedException {
        var errors = Files.createTempFile("program", ".err");
        try {
            var process = builder.redirectInput(new File("/dev/null"))
                    .redirectError(Redirect.to(errors.toFile()))
                    .start();
            try (var printed = process.getInputStream()) {
                var output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
                return new EndedProgram(process.waitFor(), output, Files.readString(errors));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(errors);
        }
    }
}
