package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    @Test
    void sixteenPairsAreTheMost() {
        assertThat(new Metadata(pairs(16)).pairs()).hasSize(16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Metadata(pairs(17)))
                .withMessage("metadata must have at most 16 pairs");
    }

    @Test
    void namesAndValuesHaveLimitedLengths() {
        assertThat(Metadata.problem(Map.of("n".repeat(64), "v".repeat(512)))).isEmpty();
        assertThat(Metadata.problem(Map.of("n".repeat(65), ""))).contains("must have names of 1 to 64 characters");
        assertThat(Metadata.problem(Map.of("", "v"))).contains("must have names of 1 to 64 characters");
        assertThat(Metadata.problem(Map.of("n", "v".repeat(513))))
                .contains("must have values of at most 512 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\u007f", "\u0085", "\ud800"})
    void controlCharactersAndHalfCharactersAreRefused(String text) {
        assertThat(Metadata.problem(Map.of(text, "v"))).contains("must have no control characters in its names");
        assertThat(Metadata.problem(Map.of("n", text))).contains("must have no control characters in its values");
    }

    @Test
    void anyOtherTextIsAccepted() {
        assertThat(Metadata.problem(Map.of("größe", "sehr groß 🎨", "leer", "")))
                .isEmpty();
    }

    @Test
    void itContainsPairsAndNotOnlyNames() {
        var metadata = new Metadata(Map.of("project", "posters", "user", "7"));

        assertThat(metadata.contains(Metadata.NONE)).isTrue();
        assertThat(metadata.contains(new Metadata(Map.of("user", "7")))).isTrue();
        assertThat(metadata.contains(metadata)).isTrue();
        assertThat(metadata.contains(new Metadata(Map.of("user", "8")))).isFalse();
        assertThat(metadata.contains(new Metadata(Map.of("team", "7")))).isFalse();
    }

    @Test
    void itIsNotPrinted() {
        assertThat(new Metadata(Map.of("user", "secret"))).hasToString("Metadata[1 pairs]");
    }

    private static Map<String, String> pairs(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "name-" + i, i -> "value-" + i));
    }
}
