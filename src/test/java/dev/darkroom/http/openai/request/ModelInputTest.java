package dev.darkroom.http.openai.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.http.openai.request.RequestReader.Result;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInputTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonSchemaCatalogue catalogue = new JsonSchemaCatalogue();

    private ModelInput input(String model, String members) {
        return RequestReader.read(json("{\"prompt\": \"a cat\", %s}".formatted(members)), Metadata.NONE)
                        instanceof Result.Read(var request)
                ? ModelInput.of(request, catalogue.find(new ModelId(model)).orElseThrow())
                : fail(members);
    }

    private static ModelInput fail(String members) {
        throw new AssertionError("refused: " + members);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                  |  1 | 1 |  1
            wavespeed-ai/imagen4                  |  4 | 4 |  1
            wavespeed-ai/imagen4                  |  5 | 1 |  5
            wavespeed-ai/imagen4                  |  6 | 3 |  2
            wavespeed-ai/imagen4                  |  8 | 4 |  2
            wavespeed-ai/imagen4                  | 10 | 2 |  5
            wavespeed-ai/flux-schnell             |  7 | 1 |  7
            google/nano-banana-2/text-to-image    |  3 | 1 |  3
            """)
    void theImagesAreMadeInAsFewEqualCallsAsTheModelNeeds(String model, int images, int each, int calls) {
        assertThat(input(model, "\"n\": " + images))
                .isEqualTo(new ModelInput.Asked(
                        "{\"prompt\":\"a cat\",\"num_images\":%d}".formatted(each), calls, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            wavespeed-ai/imagen4               | "aspect_ratio":"3:4"
            google/nano-banana-2/text-to-image | "aspect_ratio":"3:4","resolution":"1k"
            wavespeed-ai/z-image/turbo         | "size":"768*1024"
            """)
    void aSizeBecomesTheParametersOfTheModel(String model, String parameters) {
        assertThat(input(model, "\"size\": \"768x1024\""))
                .isInstanceOfSatisfying(
                        ModelInput.Asked.class,
                        asked -> assertThat(asked.body()).contains(parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "wavespeed-ai/imagen4, 99999x99999, draws aspect_ratio 1:1",
        "wavespeed-ai/imagen4, 10x10, draws aspect_ratio 1:1",
        "google/nano-banana-2/text-to-image, 768x1024, draws aspect_ratio 3:4 and resolution 1k"
    })
    void aSizeOfWhichTheModelTakesOnlyTheShapeIsAWarning(String model, String size, String drawn) {
        assertThat(input(model, "\"size\": \"%s\"".formatted(size)))
                .isInstanceOfSatisfying(
                        ModelInput.Asked.class,
                        asked -> assertThat(asked.warnings())
                                .singleElement()
                                .satisfies(
                                        warning -> assertThat(warning.message()).endsWith(drawn)));
    }

    @ParameterizedTest
    @CsvSource({"wavespeed-ai/z-image/turbo, 768x1024", "openai/gpt-image-1/text-to-image, 1024x1536"})
    void aSizeThatTheModelMakesToThePixelIsNone(String model, String size) {
        assertThat(input(model, "\"size\": \"%s\"".formatted(size)))
                .isInstanceOfSatisfying(
                        ModelInput.Asked.class,
                        asked -> assertThat(asked.warnings()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1792x1024", "large", "0x0", "1x1", "16:9", "-5x5", "999999x999999"})
    void aSizeThatTheModelDoesNotMakeIsRefusedWithThoseThatItMakes(String size) {
        assertThat(input("openai/gpt-image-1/text-to-image", "\"size\": \"%s\"".formatted(size)))
                .isEqualTo(refused("size", "must be auto or one of 1024x1024; 1024x1536; 1536x1024"));
    }

    @Test
    void aParameterOfTheModelMayStandBesideASizeThatAsksForTheSame() {
        assertThat(input("wavespeed-ai/imagen4", "\"size\": \"1024x1024\", \"aspect_ratio\": \"1:1\""))
                .isInstanceOf(ModelInput.Asked.class);
        assertThat(input("wavespeed-ai/imagen4", "\"size\": \"1024x1024\", \"aspect_ratio\": \"16:9\""))
                .isEqualTo(refused("aspect_ratio", "asks for something else than size: send one of them"));
    }

    @Test
    void aSeedIsRefusedWhereAllCallsWouldDrawTheSameImage() {
        assertThat(input("wavespeed-ai/imagen4", "\"n\": 4, \"seed\": 7")).isInstanceOf(ModelInput.Asked.class);
        assertThat(input("wavespeed-ai/imagen4", "\"n\": 5, \"seed\": 7"))
                .isEqualTo(refused(
                        "seed",
                        "must be left out: 5 images of this model need 5 calls, which would all draw the same"));
    }

    private static ModelInput refused(String field, String message) {
        return new ModelInput.Refused(List.of(new Violation(field, message)));
    }
}
