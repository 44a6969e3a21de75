package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagram of packages in {@code docs/ARCHITECTURE.md} is what the imports of {@code src/main} say. */
class ArchitectureDocumentTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/darkroom");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?dev\\.darkroom\\.((?:[a-z]\\w*\\.)+)[A-Z]", Pattern.MULTILINE);
    private static final Pattern ARROW = Pattern.compile("^ *([a-z0-9.]+) --> ([a-z0-9.]+)$", Pattern.MULTILINE);

    @Test
    void itsArrowsAreTheImports() throws IOException {
        var document = Files.readString(Path.of("docs/ARCHITECTURE.md"))
                .replaceFirst("(?s).*<!-- packages:begin -->", "")
                .replaceFirst("(?s)<!-- packages:end -->.*", "");
        var drawn = ARROW.matcher(document)
                .results()
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .toList();

        assertThat(document).startsWith("\n```mermaid\nflowchart TD\n").endsWith("\n```\n");
        assertThat(drawn).containsExactlyElementsOf(imported());
    }

    private static List<String> imported() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(ArchitectureDocumentTest::arrows)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> arrows(Path file) {
        var from = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
        try {
            return IMPORT
                    .matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1).replaceFirst("\\.$", ""))
                    .filter(to -> !to.equals(from))
                    .map(to -> from + " --> " + to)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
