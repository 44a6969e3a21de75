package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of each model: names in their order, and ranges. {@link ImagenInputTest} has those of the default. */
class ModelInputsTest {

    private final JsonSchemaCatalogue catalogue = new JsonSchemaCatalogue();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                      | negative_prompt, aspect_ratio, num_images, seed
            google/imagen4                            | aspect_ratio, negative_prompt, seed
            google/imagen4-fast                       | aspect_ratio, negative_prompt, seed
            google/imagen4-ultra                      | aspect_ratio, negative_prompt, seed
            google/nano-banana-2.1/text-to-image      | aspect_ratio, resolution, enable_web_search, enable_image_search, output_format
            google/nano-banana-2/text-to-image        | aspect_ratio, resolution, output_format
            google/nano-banana-2/text-to-image-fast   | aspect_ratio, resolution, output_format
            google/nano-banana-pro/text-to-image      | aspect_ratio, resolution, output_format
            bytedance/seedream-v5.0-lite              | size, width, height
            bytedance/seedream-v5.0-pro               | aspect_ratio, resolution, output_format
            bytedance/seedream-v4.5                   | size
            wavespeed-ai/flux-2-pro/text-to-image     | size, num_images, seed
            wavespeed-ai/flux-2-dev/text-to-image     | size, seed, output_format
            wavespeed-ai/flux-schnell                 | size, num_images, seed, strength, output_format
            wavespeed-ai/z-image/turbo                | size, seed, output_format
            wavespeed-ai/z-image-base                 | size, seed, output_format, negative_prompt
            wavespeed-ai/qwen-image-2.0/text-to-image | size, seed
            openai/gpt-image-2/text-to-image          | aspect_ratio, resolution, quality
            openai/gpt-image-1/text-to-image          | size, quality
            """)
    void aModelTakesItsParametersAndNoOther(String id, String names) {
        var takes = "it takes prompt, " + names;

        assertThat(violations(id, "\"prompt\": \"a cat\", \"something_else\": 1"))
                .containsExactly(new Violation("something_else", "is not a parameter of %s; %s".formatted(id, takes)));
    }

    @Test
    void everyModelIsInTheTableAbove() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/models"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(19);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            google/imagen4                            | aspect_ratio  | "4:3"       | "4:5"
            google/imagen4                            | seed          | 2147483647  | 2147483648
            google/imagen4-fast                       | seed          | -1          | -2
            google/imagen4-ultra                      | seed          | 0           | -2
            google/nano-banana-2.1/text-to-image      | aspect_ratio  | "1:8"       | "1:2"
            google/nano-banana-2.1/text-to-image      | resolution    | "4k"        | "8k"
            google/nano-banana-2.1/text-to-image      | enable_web_search | true    | "true"
            google/nano-banana-2/text-to-image        | aspect_ratio  | "8:1"       | "9:21"
            google/nano-banana-2/text-to-image        | resolution    | "1k"        | "1K"
            google/nano-banana-pro/text-to-image      | aspect_ratio  | "21:9"      | "1:4"
            google/nano-banana-pro/text-to-image      | output_format | "jpeg"      | "webp"
            bytedance/seedream-v5.0-lite              | size          | "16:9"      | "2048*2048"
            bytedance/seedream-v5.0-lite              | width         | 1440        | 1439
            bytedance/seedream-v5.0-lite              | height        | 4096        | 4097
            bytedance/seedream-v4.5                   | size          | "2048*2048" | "2048x2048"
            bytedance/seedream-v4.5                   | size          | "64*16384"  | "63*16384"
            bytedance/seedream-v4.5                   | size          | "1000*9999" | "64*16385"
            wavespeed-ai/flux-2-pro/text-to-image     | num_images    | 4           | 5
            wavespeed-ai/flux-2-pro/text-to-image     | num_images    | 1           | 0
            wavespeed-ai/flux-2-dev/text-to-image     | size          | "1024*768"  | "1024*"
            wavespeed-ai/flux-schnell                 | num_images    | 4           | 5
            wavespeed-ai/flux-schnell                 | strength      | 0.8         | "0.8"
            wavespeed-ai/qwen-image-2.0/text-to-image | size          | "256*4096"  | "255*256"
            wavespeed-ai/qwen-image-2.0/text-to-image | size          | "2048*1024" | "4097*1024"
            wavespeed-ai/qwen-image-2.0/text-to-image | seed          | -1          | 2147483648
            openai/gpt-image-2/text-to-image          | quality       | "high"      | "hd"
            openai/gpt-image-2/text-to-image          | aspect_ratio  | "4:5"       | "8:1"
            openai/gpt-image-1/text-to-image          | size          | "1536*1024" | "1792*1024"
            """)
    void aParameterHasItsRange(String id, String name, String good, String bad) {
        assertThat(violations(id, "\"prompt\": \"a cat\", \"%s\": %s".formatted(name, good)))
                .isEmpty();
        assertThat(violations(id, "\"prompt\": \"a cat\", \"%s\": %s".formatted(name, bad)))
                .extracting(Violation::field)
                .containsExactly(name);
    }

    /** So that leaving a parameter out and sending its default are the same request. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            google/imagen4                            | "aspect_ratio":"1:1"
            google/imagen4-fast                       | "aspect_ratio":"1:1"
            google/imagen4-ultra                      | "aspect_ratio":"1:1"
            google/nano-banana-2.1/text-to-image      | "resolution":"1k","enable_web_search":false
            google/nano-banana-2/text-to-image-fast   | "resolution":"2k"
            google/nano-banana-pro/text-to-image      | "resolution":"1k","output_format":"png"
            bytedance/seedream-v5.0-pro               | "aspect_ratio":"1:1"
            bytedance/seedream-v4.5                   | "size":"2048*2048"
            wavespeed-ai/qwen-image-2.0/text-to-image | "size":"1024*1024"
            openai/gpt-image-1/text-to-image          | "quality":"medium"
            """)
    void whatIsLeftOutHasTheProvidersDefault(String id, String defaults) {
        assertThat(model(id).validate("{\"prompt\": \"a cat\"}"))
                .isEqualTo(new Validation.Valid("{\"prompt\":\"a cat\",%s}".formatted(defaults)));
    }

    @Test
    void aPromptMayHaveALimit() {
        var qwen = "wavespeed-ai/qwen-image-2.0/text-to-image";

        assertThat(violations(qwen, "\"prompt\": \"%s\"".formatted("猫".repeat(800))))
                .isEmpty();
        assertThat(violations(qwen, "\"prompt\": \"%s\"".formatted("猫".repeat(801))))
                .containsExactly(new Violation("prompt", "must have at most 800 characters"));
    }

    /** Their model has no parameter that says how many: the gateway asks once for each image. */
    @ParameterizedTest
    @CsvSource({
        "wavespeed-ai/imagen4, 4",
        "wavespeed-ai/flux-2-pro/text-to-image, 4",
        "google/imagen4, 1",
        "openai/gpt-image-1/text-to-image, 1"
    })
    void aModelKnowsHowManyImagesACallCanMake(String id, int images) {
        assertThat(model(id).maxImages()).isEqualTo(images);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                    | 1024 | 1024 | aspect_ratio=1:1
            wavespeed-ai/imagen4                    | 1920 | 1080 | aspect_ratio=16:9
            wavespeed-ai/imagen4                    | 1792 | 1024 | aspect_ratio=16:9
            wavespeed-ai/imagen4                    |  768 | 1344 | aspect_ratio=9:16
            google/nano-banana-2/text-to-image      | 1152 |  896 | aspect_ratio=5:4, resolution=1k
            google/nano-banana-2/text-to-image      | 1024 | 1024 | aspect_ratio=1:1, resolution=1k
            google/nano-banana-2/text-to-image      | 1536 | 1024 | aspect_ratio=3:2, resolution=1k
            google/nano-banana-2/text-to-image      | 2048 | 2048 | aspect_ratio=1:1, resolution=2k
            google/nano-banana-2/text-to-image      | 3840 | 2160 | aspect_ratio=16:9, resolution=2k
            google/nano-banana-2/text-to-image      | 4096 | 4096 | aspect_ratio=1:1, resolution=4k
            bytedance/seedream-v5.0-lite            | 2048 | 1440 | width=2048, height=1440
            bytedance/seedream-v5.0-lite            | 1024 | 1024 | size=1:1
            wavespeed-ai/flux-2-pro/text-to-image   | 1024 |  768 | size=1024*768
            openai/gpt-image-1/text-to-image        | 1024 | 1536 | size=1024*1536
            """)
    void aSizeInPixelsBecomesTheModelsParameters(String id, int width, int height, String parameters) {
        assertThat(model(id).sized(width, height).orElseThrow().entrySet())
                .extracting(Map.Entry::toString)
                .containsExactlyElementsOf(Arrays.asList(parameters.split(", ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavespeed-ai/imagen4", "openai/gpt-image-1/text-to-image"})
    void aShapeThatTheModelCannotMakeHasNoParameters(String id) {
        assertThat(model(id).sized(1000, 333)).isEmpty();
    }

    /** A caller of another dialect reads them in the error about a size that the model does not make. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                      | 1024x1024, 1024x576, 576x1024, 768x1024, 1024x768
            openai/gpt-image-2/text-to-image          | 1024x1024, 1024x1536, 1536x1024, 768x1024, 1024x768, 1024x1280, 1280x1024, 576x1024, 1024x576, 1344x576
            openai/gpt-image-1/text-to-image          | 1024x1024, 1024x1536, 1536x1024
            wavespeed-ai/z-image/turbo                | WIDTHxHEIGHT in pixels, for example 1024x1024
            wavespeed-ai/qwen-image-2.0/text-to-image | WIDTHxHEIGHT, each from 256 to 4096, for example 1024x1024
            bytedance/seedream-v5.0-lite              | WIDTHxHEIGHT in pixels, each from 1440 to 4096, 1024x1024, 1024x576, 576x1024, 1024x768, 768x1024, 1536x1024, 1024x1536
            """)
    void aModelNamesTheSizesThatItMakes(String id, String sizes) {
        assertThat(String.join(", ", model(id).sizes())).isEqualTo(sizes);
    }

    @Test
    void everySizeThatAModelNamesHasParameters() {
        assertThat(catalogue.ids())
                .allSatisfy(id -> assertThat(model(id.value()).sizes())
                        .filteredOn(size -> size.matches("\\d+x\\d+"))
                        .allSatisfy(size -> {
                            var sides = size.split("x", -1);
                            assertThat(model(id.value()).sized(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])))
                                    .as("%s of %s", size, id)
                                    .isPresent();
                        }));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1024, 0", "-1024, 1024"})
    void aSizeWithoutAnAreaHasNoParameters(int width, int height) {
        assertThat(model("google/nano-banana-2/text-to-image").sized(width, height))
                .isEmpty();
    }

    private List<Violation> violations(String id, String members) {
        return model(id).validate("{%s}".formatted(members)) instanceof Validation.Invalid(var violations)
                ? violations
                : List.of();
    }

    private Model model(String id) {
        return catalogue.find(new ModelId(id)).orElseThrow();
    }
}
