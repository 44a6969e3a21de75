package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In all that ships, comments included, only WaveSpeed's own places name WaveSpeed. */
class ProviderNamesTest {

    private static final Path MAIN = Path.of("src/main");
    private static final String NAME = "wavespeed";

    /** Where it may be named, and why. */
    private static final Map<String, String> PLACES = Map.of(
            "java/dev/darkroom/provider/wavespeed", "the provider",
            "java/dev/darkroom/http/wavespeed", "a dialect for clients, which has the provider's wire format",
            "java/dev/darkroom/http/function", "the choice of the dialect of a request",
            "java/dev/darkroom/http/ClientPatience.java", "what its clients call themselves",
            "resources/META-INF/services/dev.darkroom.provider.ProviderFactory", "the wiring",
            "resources/models", "the catalogue");

    /** The one class of the dialect that others use, because a workflow and a receiver are told as a client is. */
    private static final String SHARED_VIEW = "import dev.darkroom.http.wavespeed.wire.GenerationViews;";

    private static final Set<String> USERS_OF_THE_VIEW = Set.of(
            "java/dev/darkroom/http/delivery/WebhookBodyWriter.java",
            "java/dev/darkroom/runtime/AwsClientProducers.java",
            "java/dev/darkroom/runtime/wiring/WebhookProducers.java",
            "java/dev/darkroom/worker/SingleRow.java",
            "java/dev/darkroom/workflow/StartGenerationHandler.java",
            "java/dev/darkroom/workflow/StepFunctionsTasks.java");

    @Test
    void nothingElseNamesIt() {
        assertThat(files(MAIN).flatMap(file -> mentions(relative(file), lines(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package dev.darkroom.http.wavespeed;",
                "    /** As WaveSpeed answers. */",
                "\"DARKROOM_WAVESPEED_API_KEY\",",
                SHARED_VIEW
            })
    void aMentionIsFound(String line) {
        assertThat(mentions("java/dev/darkroom/core/step/PollStep.java", List.of("", line)))
                .containsExactly("java/dev/darkroom/core/step/PollStep.java:2: " + line.strip());
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyPlaceThatMayNameItDoes(String place) {
        assertThat(files(MAIN.resolve(place)))
                .anySatisfy(file -> assertThat(lines(file)).anyMatch(ProviderNamesTest::namesIt));
    }

    static Stream<String> places() {
        return Stream.concat(PLACES.keySet().stream(), USERS_OF_THE_VIEW.stream());
    }

    private static Stream<String> mentions(String file, List<String> lines) {
        if (PLACES.keySet().stream().anyMatch(place -> Path.of(file).startsWith(place))) {
            return Stream.empty();
        }
        return IntStream.range(0, lines.size())
                .filter(i -> namesIt(lines.get(i)))
                .filter(i -> !lines.get(i).equals(SHARED_VIEW) || !USERS_OF_THE_VIEW.contains(file))
                .mapToObj(i -> "%s:%d: %s".formatted(file, i + 1, lines.get(i).strip()));
    }

    private static boolean namesIt(String line) {
        return line.toLowerCase(Locale.ROOT).contains(NAME);
    }

    private static String relative(Path file) {
        return MAIN.relativize(file).toString().replace('\\', '/');
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
