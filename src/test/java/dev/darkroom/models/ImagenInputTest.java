package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.Model;
import dev.darkroom.application.Model.Validation;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of the provider's API document: names, defaults and ranges. */
class ImagenInputTest {

    private final Model imagen =
            new JsonSchemaCatalogue().find(new ModelId("wavespeed-ai/imagen4")).orElseThrow();

    @Test
    void defaultsAreFilledInAndTheOrderIsTheSchemas() {
        assertThat(imagen.validate("{\"seed\": 7, \"prompt\": \"a cat\"}"))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1,\"seed\":7}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"a\", \"num_images\": 4, \"seed\": -1, \"aspect_ratio\": \"16:9\"}",
                "{\"prompt\": \"a\", \"num_images\": 1, \"seed\": 9999999999, \"aspect_ratio\": \"9:16\"}",
                "{\"prompt\": \"猫 🐈\", \"negative_prompt\": \"\", \"aspect_ratio\": \"3:4\"}",
                "{\"prompt\": \"a\", \"aspect_ratio\": \"4:3\", \"num_images\": 2.0}"
            })
    void everythingInRangeIsAccepted(String body) {
        assertThat(imagen.validate(body)).isInstanceOf(Validation.Valid.class);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "body"),
                Arguments.of("  ", "body"),
                Arguments.of("{", "body"),
                Arguments.of("{} {}", "body"),
                Arguments.of("[]", "body"),
                Arguments.of("null", "body"),
                Arguments.of("\"prompt\"", "body"),
                Arguments.of("[".repeat(10_000), "body"),
                Arguments.of("{\"prompt\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "body"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": " + "9".repeat(2_000) + "}", "seed"),
                Arguments.of("{}", "prompt"),
                Arguments.of("{\"prompt\": \"\"}", "prompt"),
                Arguments.of("{\"prompt\": \" \\t\\n\\u00a0\\u3000\\u200b\"}", "prompt"),
                Arguments.of("{\"prompt\": 5}", "prompt"),
                Arguments.of("{\"prompt\": null}", "prompt"),
                Arguments.of("{\"prompt\": \"\\ud83d\"}", "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"prompt\": \"b\"}", "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"negative_prompt\": 1}", "negative_prompt"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 0}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 5}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1.5}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": \"2\"}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1e400}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1.00000000000000000000001}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1e-400}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"num_images\": 1e-999999999}", "num_images"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": -2}", "seed"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": 10000000000}", "seed"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": 1e999999999}", "seed"),
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": \"2:1\"}", "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"size\": \"1024\"}", "size"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamed(String body, String field) {
        assertThat(violations(body)).extracting(Violation::field).containsOnly(field);
    }

    @Test
    void allThatIsWrongIsReportedAtOnce() {
        assertThat(violations(
                        "{\"prompt\": \" \", \"num_images\": 9, \"aspect_ratio\": \"2:1\", \"negative_promt\": \"x\"}"))
                .containsExactlyInAnyOrder(
                        new Violation("prompt", "must not be blank"),
                        new Violation("num_images", "must be at most 4"),
                        new Violation("aspect_ratio", "must be one of 1:1, 16:9, 9:16, 3:4, 4:3"),
                        new Violation(
                                "negative_promt",
                                "is not a parameter of wavespeed-ai/imagen4; did you mean negative_prompt?"));
    }

    @Test
    void noMoreThanTwentyThingsAreReported() {
        var body = IntStream.range(0, 5000).mapToObj("\"k%d\":1"::formatted).collect(Collectors.joining(",", "{", "}"));

        assertThat(violations(body)).hasSize(20);
    }

    private List<Violation> violations(String body) {
        return imagen.validate(body) instanceof Validation.Invalid(var violations) ? violations : List.of();
    }
}
