package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.generation.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong file fails the build, with its name and the field. */
class ModelFilesTest {

    private static final Path MODELS = Path.of("src/main/resources/models");

    static final String OLD = """
            {"id": "a/old", "provider": "wavespeed", "upstreamPath": "a/old", "name": "Old", "description": "Old.",
             "price": {"base": 10, "times": "count"}, "images": "count", "sizes": {"ratio": "shape"},
             "successor": {"model": "a/new", "map": {"count": {"fanOut": true}, "seed": {"drop": "it has none"}}},
             "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
               "prompt": {"type": "string"},
               "shape": {"type": "string", "enum": ["1:1", "2:1"], "default": "1:1"},
               "count": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1},
               "seed": {"type": "integer"}}}}""";

    static final String NEW = """
            {"id": "a/new", "provider": "wavespeed", "upstreamPath": "a/new", "name": "New", "description": "New.",
             "price": null,
             "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
               "prompt": {"type": "string"},
               "shape": {"type": "string", "enum": ["1:1", "2:1", "3:1"]}}}}""";

    private static Map<String, String> files(String old) {
        return Map.of("models/a/old.json", old, "models/a/new.json", NEW);
    }

    @Test
    void rightFilesAreModels() {
        assertThat(ModelFiles.of(files(OLD)).keySet())
                .containsExactlyInAnyOrder(new ModelId("a/old"), new ModelId("a/new"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "name": "Old",             | ""                            | name: is missing
            "name": "Old"              | "name": 5                     | name: must be of the type string
            "name": "Old"              | "nmae": "Old", "name": "Old"  | nmae: is not known
            "id": "a/old"              | "id": "A/old"                 | id: does not fit pattern
            "id": "a/old"              | "id": "a/other"               | id: the file must be models/a/other.json
            "provider": "wavespeed"    | "provider": ""                | provider: does not fit pattern
            "base": 10                 | "base": 0.04                  | price.base: must be of the type integer, object
            "base": 10                 | "base": -1                    | price.base: does not fit minimum 0
            "base": 10,                | ""                            | price.base: is missing
            "times": "count"           | "times": "number"             | price: times names number, which is not an integer of the input
            "times": "count"           | "times": "shape"              | price: times names shape, which is not an integer of the input
            {"base": 10, "times": "count"} | {"by": "shape", "values": {"4:1": 5}} | price: values has 4:1, which shape does not take
            {"base": 10, "times": "count"} | {"by": "form", "values": {"1:1": 5}}  | price: by names form, which is not a parameter of the input
            {"base": 10, "times": "count"} | {"by": "shape", "values": {"1:1": {"base": 1}}} | price.values.1:1
            {"base": 10, "times": "count"} | {"base": 1, "times": "count", "by": "shape", "values": {"1:1": 1}} | price has both base and by
            "images": "count"          | "images": "seed"              | images: seed is not an integer of the input with a minimum of 1 or more
            {"ratio": "shape"}         | {"ratio": "form"}             | sizes: names form, which is not a parameter of the input
            {"ratio": "shape"}         | {"width": "count"}            | sizes.height: is missing
            {"ratio": "shape"}         | {"ratio": "shape", "resolution": "shape", "tiers": {"9k": 9000}} | sizes: has the tier 9k, which the input does not take
            "images": "count"          | "images": "count", "retiredOn": "2026-02-30" | retiredOn is not a date: 2026-02-30
            "images": "count"          | "images": "count", "retiredOn": "soon" | retiredOn: does not fit pattern
            "model": "a/new"           | "model": "a/newer"            | successor.model: a/newer is not in the catalogue
            "model": "a/new"           | "model": "a/old"              | successor.model: the successors of a/old lead back to it
            {"drop": "it has none"}    | {"dorp": "it has none"}       | successor.map.seed.dorp: is not known
            {"drop": "it has none"}    | {"drop": ""}                  | successor.map.seed.drop: does not fit minLength 1
            {"drop": "it has none"}    | {"drop": "a", "refuse": "b"}  | successor.map.seed must have one of
            {"drop": "it has none"}    | {"fanOut": true}              | successor.map.seed: fanOut is for the parameter that images names
            {"drop": "it has none"}    | {"rename": "speed"}           | successor.map.seed: a/new has no parameter speed
            {"drop": "it has none"}    | {"rename": "shape", "values": {"1": "4:1"}} | successor.map.seed: shape does not take "4:1"
            {"drop": "it has none"}    | {"rename": "shape"}           | successor.map: two parameters become shape
            "maximum": 4               | "maximum": 11                 | successor.map.count: fanOut makes 10 calls at most, and a/old up to 11 images
            {"drop": "it has none"}    | {"rename": "shape"}           | successor.map.seed: shape is of another type
            {"drop": "it has none"}    | {"append": "Seed"}            | successor.map.seed.append: does not fit pattern
            , "seed": {"drop": "it has none"} | ""                     | successor.map.seed: is missing, and a/new does not take every value of it
            "seed": {"drop"            | "sead": {"drop"               | successor.map.sead: is not a parameter of a/old
            "2:1"]                     | "2:1", "4:1"]                 | successor.map.shape: is missing, and a/new does not take every value of it
            "default": "1:1"           | "default": "5:1"              | input.properties.shape: does not take its own value "5:1"
            "type": "integer"}         | "type": "array"}              | input.properties.seed.type: must be one of string, integer, number, boolean
            "type": "integer"}         | "type": "integer", "step": 2} | input.properties.seed.step: is not known
            "type": "string"}          | "type": "string", "pattern": "["} | input.properties.prompt.pattern: is not a regular expression
            "additionalProperties": false | "additionalProperties": true | input.additionalProperties: must be false
            "required": ["prompt"]     | "required": []                | input.properties.prompt: must be a string and required
            "required": ["prompt"]     | "required": ["prompt", "n"]   | input.required: n is not a parameter
            "price"                    | "id": "a/b", "price"          | file: is not JSON: Duplicate field 'id'
            "price"                    | price                         | file: is not JSON: Unexpected character
            """)
    void aWrongFieldIsNamedWithItsFile(String right, String wrong, String problem) {
        assertThat(OLD).contains(right);
        var old = OLD.replace(right, wrong.equals("\"\"") ? "" : wrong);

        assertThatIllegalStateException()
                .isThrownBy(() -> ModelFiles.of(files(old)))
                .withMessageContaining("models/a/old.json: " + problem);
    }

    @Test
    void aSeedThatReachesTheCallsOfAFanOutIsAProblem() {
        var old = OLD.replace(", \"seed\": {\"drop\": \"it has none\"}", "");
        var next = NEW.replace("\"shape\": {", "\"seed\": {\"type\": \"integer\"}, \"shape\": {");

        assertProblem(old, next, "successor.map.seed: must be dropped or refused");
    }

    /** The two models may have different names for it, and the values may be translated. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            random_seed | {"rename": "seed"}                      | seed
            seed        | {"rename": "noise_seed"}                | noise_seed
            seed        | {"rename": "start", "values": {"1": 1}} | start
            """)
    void aRenamedSeedThatReachesTheCallsOfAFanOutIsAProblem(String name, String rule, String target) {
        var old = OLD.replace("\"seed\": {\"type\"", "\"%s\": {\"type\"".formatted(name))
                .replace("\"seed\": {\"drop\": \"it has none\"}", "\"%s\": %s".formatted(name, rule));
        var next = NEW.replace("\"shape\": {", "\"%s\": {\"type\": \"integer\"}, \"shape\": {".formatted(target));

        assertProblem(old, next, "successor.map.%s: must be dropped or refused".formatted(name));
    }

    @Test
    void aFanOutToAModelThatMakesSeveralImagesByDefaultIsAProblem() {
        var next = NEW.replace("\"price\": null", "\"images\": \"n\"")
                .replace(
                        "\"shape\": {", "\"n\": {\"type\": \"integer\", \"minimum\": 1, \"default\": 2}, \"shape\": {");

        assertProblem(OLD, next, "successor.map.count: each call of a fanOut makes one image, and a/new makes 2");
    }

    @Test
    void aParameterThatTheSuccessorRequiresIsFilled() {
        var next = NEW.replace("[\"prompt\"]", "[\"prompt\", \"form\"]")
                .replace("\"shape\": {", "\"form\": {\"type\": \"string\"}, \"shape\": {");

        assertProblem(OLD, next, "successor.map: nothing becomes form, which a/new requires");
    }

    private static void assertProblem(String old, String next, String problem) {
        assertThatIllegalStateException()
                .isThrownBy(() -> ModelFiles.of(Map.of("models/a/old.json", old, "models/a/new.json", next)))
                .withMessageContaining("models/a/old.json: " + problem);
    }

    @Test
    void everyWrongFileIsNamedAtOnce() {
        var files = Map.of("models/a/old.json", OLD.replace("\"drop\"", "\"dorp\""), "models/a/new.json", "{}");

        assertThatIllegalStateException()
                .isThrownBy(() -> ModelFiles.of(files))
                .withMessageContaining("models/a/old.json: successor.map.seed.dorp: is not known")
                .withMessageContaining("models/a/new.json: id: is missing")
                .withMessageContaining("models/a/new.json: input: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "billings", "media", "model", "models", "predictions", "user", "webhook"})
    void anIdThatIsThePathOfAnotherEndpointIsAProblem(String first) {
        var file = NEW.replace("a/new", first + "/new");

        assertThatIllegalStateException()
                .isThrownBy(() -> ModelFiles.of(Map.of("models/%s/new.json".formatted(first), file)))
                .withMessageContaining(
                        "id: %1$s/new cannot be requested: paths that begin with %1$s/ are other endpoints"
                                .formatted(first));
    }

    @Test
    void twoFilesOfOneModelAreNamed() {
        var files = Map.of("models/a/new.json", NEW, "models/a/second.json", NEW);

        assertThatIllegalStateException()
                .isThrownBy(() -> ModelFiles.of(files))
                .withMessageContaining("models/a/second.json: id: the file must be models/a/new.json")
                .withMessageContaining("id: another file has it, too");
    }

    @Test
    void anOwnFileReplacesTheOneOfTheProject() {
        var files = Map.of("models/a/new.json", "{}", "own/models/a/new.json", NEW.replace("New.", "Mine."));

        assertThat(ModelFiles.of(files).values())
                .extracting(ModelFile::description)
                .containsExactly("Mine.");
    }

    /** Otherwise editors do not check it. */
    @Test
    void everyFileNamesTheSchema() throws IOException {
        try (var files = Files.walk(MODELS)) {
            var schemas = files.filter(file -> file.toString().endsWith(".json"))
                    .map(ModelFilesTest::schemaOf)
                    .distinct()
                    .toList();

            assertThat(schemas).isEqualTo(List.of(Path.of("src/main/resources/schemas/model.schema.json")));
        }
    }

    private static Path schemaOf(Path file) {
        try {
            var schema =
                    new JsonMapper().readTree(file.toFile()).path("$schema").asText();
            return file.resolveSibling(schema).normalize();
        } catch (IOException e) {
            throw new AssertionError(file + " is not JSON", e);
        }
    }
}
