package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of the documents: no line is too long to be read in a terminal, and each decision has its parts. */
class DocumentsTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCUMENTS = Path.of("docs");
    private static final int MAX_LINES_OF_README = 160;
    private static final int MAX_LINE_OF_README = 120;
    private static final int MAX_LINE = 160;

    private static final Pattern DATE = Pattern.compile("(?m)^- Date: \\d{4}-\\d{2}-\\d{2}$");

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(MAX_LINES_OF_README);
        assertThat(longLines(README, MAX_LINE_OF_README)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noLineOfADocumentIsTooLong(Path document) throws IOException {
        assertThat(longLines(document, MAX_LINE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionHasItsStatusItsDateAndItsAlternatives(Path decision) throws IOException {
        assertThat(Files.readString(decision))
                .containsPattern("(?m)^- Status: (accepted|superseded)")
                .containsPattern(DATE)
                .contains("\n## What else was considered\n");
    }

    static List<Path> documents() throws IOException {
        try (var files = Files.walk(DOCUMENTS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Path> decisions() throws IOException {
        return documents().stream().filter(file -> file.getFileName().toString().matches("\\d{4}-.*"));
    }

    private static List<String> longLines(Path document, int max) throws IOException {
        var lines = Files.readAllLines(document);
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).codePointCount(0, lines.get(i).length()) > max)
                .mapToObj(i -> "%s:%d: %s".formatted(document, i + 1, lines.get(i)))
                .toList();
    }
}
