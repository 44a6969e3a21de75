package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.ModelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that another one draws takes its own parameters, and nothing of them is dropped silently. */
class SuccessorTest {

    private static final ModelId IMAGEN = new ModelId("wavespeed-ai/imagen4");
    private static final ModelId RETIRED = new ModelId("google/imagen4");
    private static final ModelId NANO_BANANA = new ModelId("google/nano-banana-2/text-to-image");
    private static final Instant BEFORE = Instant.parse("2026-08-16T23:59:59Z");
    private static final Instant AFTER = Instant.parse("2026-08-17T00:00:00Z");

    private final JsonSchemaCatalogue aliased =
            new JsonSchemaCatalogue(IMAGEN + "=" + NANO_BANANA, UnknownParameters.REFUSE);

    @Test
    void fourImagesAskedForAreFourRequestsAndTheSeedIsAWarning() {
        var model = aliased.serving(IMAGEN, BEFORE).orElseThrow();

        assertThat(model.validate(
                        "{\"prompt\": \"a cat\", \"num_images\": 4, \"seed\": 7, \"aspect_ratio\": \"16:9\"}"))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a cat\",\"aspect_ratio\":\"16:9\"}",
                        4,
                        List.of(new Warning(
                                "seed", "was not used: google/nano-banana-2/text-to-image takes no seed"))));
        assertThat(model.id()).isEqualTo(NANO_BANANA);
        assertThat(model.upstreamPath()).isEqualTo(NANO_BANANA.value());
        assertThat(model.maxImages()).isEqualTo(4);
    }

    @Test
    void defaultsOfTheRequestedModelAreKeptWithoutAWarning() {
        assertThat(aliased.serving(IMAGEN, BEFORE).orElseThrow().validate("{\"prompt\": \"a cat\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}"));
    }

    @Test
    void aTextMayGoToThePrompt() {
        var body = "{\"negative_prompt\": \"text, {}\", \"prompt\": \"a cat\"}";

        assertThat(aliased.serving(IMAGEN, BEFORE).orElseThrow().validate(body))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a cat\\n\\nAvoid: text, {}\",\"aspect_ratio\":\"1:1\"}",
                        List.of(new Warning("negative_prompt", "was appended to the prompt"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"negative_prompt\": \"\"", "\"negative_prompt\": null", "\"seed\": null", "\"num_outputs\": 1"
            })
    void aParameterThatAsksForNothingIsNotMentioned(String parameter) {
        assertThat(aliased.serving(IMAGEN, BEFORE)
                        .orElseThrow()
                        .validate("{\"prompt\": \"a cat\", %s}".formatted(parameter)))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"num_images\": 5",
                "\"aspect_ratio\": \"21:9\"",
                "\"resolution\": \"4k\"",
                "\"seed\": -2",
                "\"model\": \"google/nano-banana-2/text-to-image\""
            })
    void theRequestedModelsParametersAreChecked(String parameter) {
        var name = parameter.substring(1, parameter.indexOf('"', 1));

        assertThat(aliased.serving(IMAGEN, BEFORE)
                        .orElseThrow()
                        .validate("{\"prompt\": \"a cat\", %s}".formatted(parameter)))
                .isInstanceOfSatisfying(
                        Validation.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .extracting(Violation::field)
                                .containsExactly(name));
    }

    @Test
    void aModelIsDrawnByItsSuccessorFromItsLastDayOn() {
        var catalogue = new JsonSchemaCatalogue();

        assertThat(catalogue.serving(RETIRED, BEFORE).map(Model::id)).contains(RETIRED);
        assertThat(catalogue.serving(RETIRED, AFTER).map(Model::id)).contains(NANO_BANANA);
        assertThat(catalogue.serving(RETIRED, BEFORE).flatMap(Model::retiredOn)).contains(LocalDate.of(2026, 8, 17));
        assertThat(catalogue.serving(RETIRED, AFTER).flatMap(Model::retiredOn)).contains(LocalDate.of(2026, 8, 17));
        assertThat(catalogue.serving(NANO_BANANA, AFTER).flatMap(Model::retiredOn))
                .isEmpty();
    }

    @Test
    void theDefaultModelIsNotRedirectedByItself() {
        assertThat(new JsonSchemaCatalogue().serving(IMAGEN, AFTER).map(Model::id))
                .contains(IMAGEN);
    }

    /** Rows that were stored before an alias was set are found under their own model. */
    @Test
    void aStoredRowKeepsItsModel() {
        assertThat(aliased.find(IMAGEN).map(Model::upstreamPath)).contains(IMAGEN.value());
    }

    @Test
    void aFurtherNameIsTheModelItself() {
        var catalogue = new JsonSchemaCatalogue("house/best=" + NANO_BANANA, UnknownParameters.REFUSE);
        var model = catalogue.serving(new ModelId("house/best"), BEFORE).orElseThrow();

        assertThat(model.id()).isEqualTo(NANO_BANANA);
        assertThat(model.validate("{\"prompt\": \"a cat\", \"resolution\": \"4k\", \"model\": \"house/best\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",\"resolution\":\"4k\"}"));
        assertThat(catalogue.ids()).contains(new ModelId("house/best"), NANO_BANANA);
    }

    @Test
    void aFurtherNameOfTheSuccessorHasTheSameMap() {
        var catalogue = new JsonSchemaCatalogue(
                "%s=house/best,house/best=%s".formatted(IMAGEN, NANO_BANANA), UnknownParameters.REFUSE);

        var validation =
                catalogue.serving(IMAGEN, BEFORE).orElseThrow().validate("{\"prompt\": \"a cat\", \"num_images\": 2}");

        assertThat(validation)
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}", 2, List.of()));
    }

    @Test
    void anAliasMayLeadToAnAlias() {
        var catalogue = new JsonSchemaCatalogue(
                "%s=%s,%s=house/next,house/next=bytedance/seedream-v4.5"
                        .formatted("house/first", "house/second", "house/second"),
                UnknownParameters.REFUSE);

        assertThat(catalogue.serving(new ModelId("house/first"), BEFORE).map(Model::id))
                .contains(new ModelId("bytedance/seedream-v4.5"));
    }

    @Test
    void aValueMayBecomeAnother() {
        var model = drawnBy("{\"rename\": \"form\", \"values\": {\"1:1\": \"square\", \"2:1\": \"wide\"}}");

        assertThat(model.validate("{\"prompt\": \"a cat\", \"shape\": \"2:1\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",\"form\":\"wide\"}"));
    }

    @Test
    void aParameterMayBeRefused() {
        assertThat(drawnBy("{\"refuse\": \"the other has one shape\"}")
                        .validate("{\"prompt\": \"a cat\", \"shape\": \"2:1\"}"))
                .isEqualTo(new Validation.Invalid(
                        List.of(new Violation("shape", "must be left out: the other has one shape"))));
        assertThat(drawnBy("{\"refuse\": \"the other has one shape\"}").validate("{\"prompt\": \"a cat\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\"}"));
    }

    /** Some clients always send the number of images under this name. */
    @Test
    void aNumberOfImagesUnderAnotherNameIsNotDroppedSilently() {
        var body = "{\"prompt\": \"a cat\", \"num_outputs\": 4}";

        assertThat(countedBy("{\"drop\": \"it makes one image\"}").validate(body))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a cat\"}",
                        List.of(new Warning("num_images", "was not used: it makes one image"))));
        assertThat(countedBy("{\"refuse\": \"it makes one image\"}").validate(body))
                .isEqualTo(new Validation.Invalid(
                        List.of(new Violation("num_images", "must be left out: it makes one image"))));
    }

    /** What the prompt becomes is checked, too. */
    @Test
    void theTranslatedInputIsChecked() {
        var model = drawnBy("{\"append\": \"Its shape: {}\"}");

        assertThat(model.validate("{\"prompt\": \"a cat\", \"shape\": \"2:1\"}"))
                .isInstanceOfSatisfying(
                        Validation.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .extracting(Violation::field)
                                .containsExactly("prompt"));
    }

    /** The caller never sent what the other model calls it. */
    @Test
    void whatTheOtherModelRefusesIsNamedAsItWasSent() {
        var files = ModelFiles.of(Map.of("models/a/old.json", """
                {"id": "a/old", "provider": "p", "upstreamPath": "a/old", "name": "Old", "description": "Old.",
                 "successor": {"model": "a/new", "map": {"shape": {"rename": "form"}}},
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "shape": {"type": "string"}}}}""", "models/a/new.json", """
                {"id": "a/new", "provider": "p", "upstreamPath": "a/new", "name": "New", "description": "New.",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "form": {"type": "string", "maxLength": 3}}}}"""));
        var model = new JsonSchemaCatalogue(files, ModelAliases.parse("a/old=a/new"), UnknownParameters.REFUSE)
                .serving(new ModelId("a/old"), BEFORE)
                .orElseThrow();

        assertThat(model.validate("{\"prompt\": \"a cat\", \"shape\": \"square\"}"))
                .isInstanceOfSatisfying(
                        Validation.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .extracting(Violation::field)
                                .containsExactly("shape"));
    }

    /** The first model's default is a parameter of the second one, which the third one does not have. */
    @Test
    void aDefaultIsNotMentionedByASecondMap() {
        var model = drawnByTheSecond();

        assertThat(model.validate("{\"prompt\": \"a cat\"}")).isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\"}"));
    }

    @Test
    void whatASecondMapDropsIsNamedAsItWasSent() {
        var model = drawnByTheSecond();

        assertThat(model.validate("{\"prompt\": \"a cat\", \"shape\": \"2:1\"}"))
                .isEqualTo(new Validation.Valid(
                        "{\"prompt\":\"a cat\"}",
                        List.of(new Warning("shape", "was not used: the last has one form"))));
    }

    private static Model drawnByTheSecond() {
        var files =
                ModelFiles.of(Map.of("models/a/old.json", """
                {"id": "a/old", "provider": "p", "upstreamPath": "a/old", "name": "Old", "description": "Old.",
                 "successor": {"model": "a/new", "map": {"shape": {"rename": "form"}}},
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"},
                   "shape": {"type": "string", "enum": ["1:1", "2:1"], "default": "1:1"}}}}""", "models/a/new.json", """
                {"id": "a/new", "provider": "p", "upstreamPath": "a/new", "name": "New", "description": "New.",
                 "successor": {"model": "a/last", "map": {"form": {"drop": "the last has one form"}}},
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"},
                   "form": {"type": "string", "enum": ["1:1", "2:1"]}}}}""", "models/a/last.json", """
                {"id": "a/last", "provider": "p", "upstreamPath": "a/last", "name": "Last", "description": "Last.",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}}}}"""));
        return new JsonSchemaCatalogue(files, ModelAliases.parse("a/old=a/new,a/new=a/last"), UnknownParameters.REFUSE)
                .serving(new ModelId("a/old"), BEFORE)
                .orElseThrow();
    }

    private static Model drawnBy(String mapping) {
        var files = ModelFiles.of(Map.of("models/a/old.json", """
                {"id": "a/old", "provider": "p", "upstreamPath": "a/old", "name": "Old", "description": "Old.",
                 "successor": {"model": "a/new", "map": {"prompt": {"rename": "prompt"}, "shape": %s}},
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "shape": {"type": "string", "enum": ["1:1", "2:1"]}}}}""".formatted(mapping), "models/a/new.json", """
                {"id": "a/new", "provider": "p", "upstreamPath": "a/new", "name": "New", "description": "New.",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string", "maxLength": 10},
                   "form": {"type": "string", "enum": ["square", "wide"]}}}}"""));
        return new JsonSchemaCatalogue(files, ModelAliases.parse("a/old=a/new"), UnknownParameters.REFUSE)
                .serving(new ModelId("a/old"), BEFORE)
                .orElseThrow();
    }

    private static Model countedBy(String mapping) {
        var files = ModelFiles.of(Map.of("models/a/old.json", """
                {"id": "a/old", "provider": "p", "upstreamPath": "a/old", "name": "Old", "description": "Old.",
                 "images": "num_images", "successor": {"model": "a/new", "map": {"num_images": %s}},
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"},
                   "num_images": {"type": "integer", "minimum": 1, "maximum": 4}}}}""".formatted(mapping), "models/a/new.json", """
                {"id": "a/new", "provider": "p", "upstreamPath": "a/new", "name": "New", "description": "New.",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}}}}"""));
        return new JsonSchemaCatalogue(files, ModelAliases.parse("a/old=a/new"), UnknownParameters.REFUSE)
                .serving(new ModelId("a/old"), BEFORE)
                .orElseThrow();
    }
}
