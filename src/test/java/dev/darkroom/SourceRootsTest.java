package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the source roots: what ships uses nothing of the others, and nothing uses the tests. */
class SourceRootsTest {

    private static final Path SOURCES = Path.of("src");

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(dev\\.darkroom\\.(?:[a-z]\\w*\\.)*[A-Z]\\w*)", Pattern.MULTILINE);

    /** A Java file of a source root. */
    private record Source(String root, Path file, String text) {

        static List<Source> of(String root) {
            try (var files = Files.walk(SOURCES.resolve(root).resolve("java"))) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("package-info.java"))
                        .map(file -> of(root, file))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Source of(String root, Path file) {
            try {
                return new Source(root, file, Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String simpleName() {
            return file.getFileName().toString().replaceFirst("\\.java$", "");
        }

        Path folder() {
            return SOURCES.resolve(root).resolve("java").relativize(file.getParent());
        }

        String name() {
            return folder().resolve(simpleName()).toString().replace('/', '.');
        }

        /** Those of {@code others} that this file imports, or names in the same package. */
        List<Path> uses(List<Source> others) {
            var imports =
                    IMPORT.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
            return others.stream()
                    .filter(other -> imports.contains(other.name())
                            || (folder().equals(other.folder()) && names(other.simpleName())))
                    .map(Source::file)
                    .toList();
        }

        private boolean names(String type) {
            return Pattern.compile("\\b%s\\b".formatted(type)).matcher(text).find();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            main     | ''
            operator | main
            local    | main operator
            openapi  | main operator local
            faults   | main operator local
            bench    | main operator local
            """)
    void aSourceRootUsesOnlyThoseBeforeIt(String root, String before) throws IOException {
        var allowed = new TreeSet<>(Set.of(before.split(" ", -1)));
        allowed.add(root);
        var others = roots().stream()
                .filter(other -> !allowed.contains(other))
                .flatMap(other -> Source.of(other).stream())
                .toList();

        assertThat(Source.of(root))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.uses(others))
                        .as(source.file().toString())
                        .isEmpty());
    }

    @Test
    void aUseOfATestIsFound() {
        var test = new Source("test", SOURCES.resolve("test/java/dev/darkroom/faults/FaultsIT.java"), "");
        var same = new Source("faults", SOURCES.resolve("faults/java/dev/darkroom/faults/Row.java"), "new FaultsIT()");
        var other = new Source(
                "bench",
                SOURCES.resolve("bench/java/dev/darkroom/bench/Benchmark.java"),
                "import dev.darkroom.faults.FaultsIT;");

        assertThat(List.of(same, other))
                .allSatisfy(source -> assertThat(source.uses(List.of(test))).containsExactly(test.file()));
    }

    private static Set<String> roots() throws IOException {
        try (var folders = Files.list(SOURCES)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("java")))
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
