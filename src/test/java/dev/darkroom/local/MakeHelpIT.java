package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MakeHelpIT {

    private static final int WIDTH = 100;
    private static final Pattern COMMAND = Pattern.compile("(?m)^([a-z-]+):.* ## \\[");

    @Test
    void everyCommandIsInItsGroupOnAShortLine() throws IOException, InterruptedException {
        var make = new ProcessBuilder("make", "-s", "help")
                .redirectErrorStream(true)
                .start();
        var help = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(make.waitFor()).isZero();
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(WIDTH));
        assertThat(help.lines().filter(line -> line.matches("[a-z]+")))
                .containsExactly("try", "keys", "operate", "test", "deploy");
        var commands = COMMAND.matcher(Files.readString(Path.of("Makefile")))
                .results()
                .map(command -> command.group(1))
                .toList();
        assertThat(List.of("run", "key", "stuck", "faults", "deploy")).isSubsetOf(commands);
        assertThat(help.lines()
                        .filter(line -> line.startsWith("  "))
                        .map(line -> line.strip().split("\\s+", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(commands);
    }
}
