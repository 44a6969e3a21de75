package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A program of the README.
 *
 * @param file the name of its file
 * @param text the code, with the address of a platform
 */
record ReadmeExample(String file, String text) {

    /** The code block after the first line of the README that names the command, sent to this platform. */
    static ReadmeExample of(String command, RunningPlatform gateway) throws IOException {
        var readme = Files.readString(RunningPlatform.PROJECT.resolve("README.md"));
        var block = Pattern.compile("\\(`%s`.*?\n```\\w+\n(.*?)\n```".formatted(Pattern.quote(command)), Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).as("README has an example for %s", command).isTrue();
        return new ReadmeExample(
                command.substring(command.lastIndexOf(' ') + 1),
                block.group(1)
                        .replace(
                                "http://localhost:8080",
                                gateway.platform().address().toString()));
    }

    /** Writes it into this folder, and returns where. */
    Path writeTo(Path folder) throws IOException {
        return Files.writeString(folder.resolve(file), text);
    }
}
