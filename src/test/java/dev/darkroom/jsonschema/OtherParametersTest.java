package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.ModelId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that are not the model's own, which clients send nevertheless. */
class OtherParametersTest {

    private static final ModelId IMAGEN = new ModelId("wavespeed-ai/imagen4");
    private static final ModelId SEEDREAM = new ModelId("bytedance/seedream-v4.5");

    private final Model imagen = new JsonSchemaCatalogue().find(IMAGEN).orElseThrow();
    private final Model seedream = new JsonSchemaCatalogue().find(SEEDREAM).orElseThrow();
    private final Model indulgent =
            new JsonSchemaCatalogue("", UnknownParameters.IGNORE).find(IMAGEN).orElseThrow();

    @Test
    void anotherNameOfTheNumberOfImagesIsTheNumber() {
        assertThat(imagen.validate("{\"prompt\": \"a\", \"num_outputs\": 4}"))
                .isEqualTo(imagen.validate("{\"prompt\": \"a\", \"num_images\": 4}"));
    }

    @Test
    void aWrongNumberIsNamedAsItWasSent() {
        assertThat(imagen.validate("{\"prompt\": \"a\", \"num_outputs\": 5}"))
                .isEqualTo(new Validation.Invalid(List.of(new Violation("num_outputs", "must be at most 4"))));
    }

    @Test
    void twoNumbersThatDifferAreRefused() {
        assertThat(imagen.validate("{\"prompt\": \"a\", \"num_outputs\": 1, \"num_images\": 4}"))
                .isEqualTo(new Validation.Invalid(
                        List.of(new Violation("num_outputs", "must be the same as num_images, or left out"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"num_outputs\": 1", "\"num_images\": 1", "\"num_images\": 1.0, \"num_outputs\": 1"})
    void aModelOfOneImageAcceptsTheNumberOne(String number) {
        assertThat(seedream.validate("{\"prompt\": \"a\", %s}".formatted(number)))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a\",\"size\":\"2048*2048\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"num_outputs", "num_images"})
    void aModelOfOneImageRefusesMore(String name) {
        assertThat(seedream.validate("{\"prompt\": \"a\", \"%s\": 2}".formatted(name)))
                .isEqualTo(new Validation.Invalid(List.of(new Violation(
                        name, "must be 1 or left out: bytedance/seedream-v4.5 makes one image for each request"))));
    }

    @Test
    void anUnknownParameterIsIgnoredWithAWarningWhereTheSettingsSaySo() {
        assertThat(indulgent.validate(
                        "{\"prompt\": \"a\", \"negative_promt\": \"x\", \"size\": \"1024*1024\", \"image\": null}"))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a\",\"aspect_ratio\":\"1:1\",\"num_images\":1}",
                        List.of(
                                new Warning(
                                        "negative_promt",
                                        "was ignored: it is not a parameter of wavespeed-ai/imagen4; did you mean"
                                                + " negative_prompt?"),
                                new Warning(
                                        "size",
                                        "was ignored: it is not a parameter of wavespeed-ai/imagen4; it takes prompt,"
                                                + " negative_prompt, aspect_ratio, num_images, seed"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"enable_sync_mode\": 1",
                "\"enable_base64_output\": true",
                "\"model\": \"a/b\"",
                "\"num_images\": 9",
                "\"aspect_ratio\": \"2:1\""
            })
    void aKnownParameterIsNeverIgnored(String parameter) {
        assertThat(indulgent.validate("{\"prompt\": \"a\", %s}".formatted(parameter)))
                .isInstanceOf(Validation.Invalid.class);
    }

    @Test
    void aThousandUnknownParametersAreTwentyWarnings() {
        var body = new StringBuilder("{\"prompt\": \"a\"");
        for (int i = 0; i < 1000; i++) {
            body.append(", \"k%d\": 1".formatted(i));
        }

        assertThat(indulgent.validate(body.append('}').toString()))
                .isInstanceOfSatisfying(
                        Validation.Valid.class,
                        valid -> assertThat(valid.warnings()).hasSize(20));
    }
}
