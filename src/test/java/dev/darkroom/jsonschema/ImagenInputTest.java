package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.ModelId;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"negative_prompt\": null",
                "\"aspect_ratio\": null",
                "\"num_images\": null",
                "\"seed\": null",
                "\"seed\": null, \"num_images\": null, \"negative_prompt\": null, \"aspect_ratio\": null",
                "\"enable_sync_mode\": false",
                "\"enable_sync_mode\": true",
                "\"enable_sync_mode\": null",
                "\"enable_base64_output\": false",
                "\"enable_base64_output\": null",
                "\"num_outputs\": 1",
                "\"num_outputs\": 1.0, \"num_images\": 1",
                "\"num_outputs\": null",
                "\"image\": null, \"negative_promt\": null",
                "\"enable_base64_output\": false, \"enable_sync_mode\": false, \"model\": \"wavespeed-ai/imagen4\""
            })
    void parametersThatChangeNoImageAreAcceptedAndNotSentOn(String parameters) {
        assertThat(imagen.validate("{\"prompt\": \"a\", %s}".formatted(parameters)))
                .isEqualTo(imagen.validate("{\"prompt\": \"a\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a\",\"aspect_ratio\":\"1:1\",\"num_images\":1}"));
    }

    @Test
    void whatIsNotPossibleIsRefusedWithWhatThereIsInstead() {
        assertThat(violations("{\"prompt\": \"a\", \"enable_sync_mode\": 1, \"enable_base64_output\": true}"))
                .containsExactly(
                        new Violation("enable_sync_mode", "must be true, false or left out"),
                        new Violation(
                                "enable_base64_output",
                                "must be false or left out: outputs are addresses to download the images from"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4.0", "4e0", "0.4E1", "40e-1"})
    void equalNumbersAreEqualInputs(String four) {
        assertThat(imagen.validate("{\"prompt\": \"a\", \"num_images\": %s}".formatted(four)))
                .isEqualTo(imagen.validate("{\"prompt\": \"a\", \"num_images\": 4}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.0", "-0.0", "0e1000", "-0E-1000"})
    void everyZeroIsZero(String zero) {
        assertThat(imagen.validate("{\"prompt\": \"a\", \"seed\": %s}".formatted(zero)))
                .isEqualTo(imagen.validate("{\"prompt\": \"a\", \"seed\": 0}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x92, 0x9f})
    void controlCharactersAreRefusedInEveryText(int character) {
        var message = "has the control character U+%04X; only tab, line feed and carriage return are allowed"
                .formatted(character);

        assertThat(violations("{\"prompt\": \"a\\u%04xb\", \"negative_prompt\": \"\\u%04x\"}"
                        .formatted(character, character)))
                .containsExactly(new Violation("prompt", message), new Violation("negative_prompt", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\tb", "a\\nb", "a\\r\\nb", "a\\u00a0b", "a\\u200db", "a\\u2028b", "a\\ufeffb", "👩‍🎨"})
    void otherCharactersAreNot(String prompt) {
        assertThat(imagen.validate("{\"prompt\": \"%s\"}".formatted(prompt))).isInstanceOf(Validation.Valid.class);
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
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": [1e40000000]}", "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": {}}", "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"aspect_ratio\": true}", "aspect_ratio"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": [1]}", "seed"),
                Arguments.of("{\"prompt\": \"a\", \"seed\": false}", "seed"),
                Arguments.of("{\"prompt\": {\"text\": \"a\"}}", "prompt"),
                Arguments.of("{\"prompt\": \"a\", \"enable_sync_mode\": [true]}", "enable_sync_mode"),
                Arguments.of("{\"prompt\": \"a\", \"enable_sync_mode\": 0}", "enable_sync_mode"),
                Arguments.of("{\"prompt\": \"a\", \"enable_sync_mode\": \"false\"}", "enable_sync_mode"),
                Arguments.of("{\"prompt\": \"a\", \"enable_base64_output\": [false]}", "enable_base64_output"),
                Arguments.of("{\"prompt\": \"a\", \"model\": \"wavespeed-ai/imagen5\"}", "model"),
                Arguments.of("{\"prompt\": \"a\", \"num_outputs\": 5}", "num_outputs"),
                Arguments.of("{\"prompt\": \"a\", \"num_outputs\": \"1\"}", "num_outputs"),
                Arguments.of("{\"prompt\": \"a\", \"num_outputs\": 2, \"num_images\": 3}", "num_outputs"),
                Arguments.of("{\"prompt\": \"a\", \"negative_promt\": \"\"}", "negative_promt"),
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
