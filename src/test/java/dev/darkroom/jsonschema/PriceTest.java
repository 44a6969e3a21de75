package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.input.InputSchema;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call of each model costs, in micro-dollars. */
class PriceTest {

    private final JsonSchemaCatalogue catalogue = new JsonSchemaCatalogue();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            wavespeed-ai/imagen4                      |                                           |  40000
            wavespeed-ai/imagen4                      | , "num_images": 1                         |  40000
            wavespeed-ai/imagen4                      | , "num_images": 4, "aspect_ratio": "16:9" | 160000
            google/imagen4                            |                                           |  38000
            google/imagen4-fast                       |                                           |  18000
            google/imagen4-ultra                      |                                           |  58000
            google/nano-banana-2/text-to-image-fast   |                                           |  45000
            google/nano-banana-2/text-to-image-fast   | , "resolution": "2k"                      |  45000
            bytedance/seedream-v5.0-lite              |                                           |  35000
            bytedance/seedream-v5.0-lite              | , "width": 4096, "height": 4096           |  35000
            bytedance/seedream-v5.0-pro               |                                           |  45000
            bytedance/seedream-v5.0-pro               | , "resolution": "1k"                      |  45000
            bytedance/seedream-v5.0-pro               | , "resolution": "1.5k"                    |  45000
            bytedance/seedream-v5.0-pro               | , "resolution": "2k"                      |  90000
            bytedance/seedream-v4.5                   |                                           |  40000
            wavespeed-ai/flux-2-pro/text-to-image     |                                           |  30000
            wavespeed-ai/flux-2-pro/text-to-image     | , "num_images": 3                         |  90000
            wavespeed-ai/flux-2-dev/text-to-image     |                                           |  12000
            wavespeed-ai/flux-schnell                 |                                           |   3000
            wavespeed-ai/flux-schnell                 | , "num_images": 4                         |  12000
            wavespeed-ai/z-image/turbo                |                                           |   5000
            wavespeed-ai/z-image-base                 |                                           |  10000
            openai/gpt-image-1/text-to-image          |                                           |  42000
            openai/gpt-image-1/text-to-image          | , "quality": "low"                         |  11000
            openai/gpt-image-1/text-to-image          | , "size": "1536*1024"                      |  63000
            openai/gpt-image-1/text-to-image          | , "size": "1024*1024", "quality": "low"    |  11000
            openai/gpt-image-1/text-to-image          | , "size": "1024*1024", "quality": "medium" |  42000
            openai/gpt-image-1/text-to-image          | , "size": "1024*1024", "quality": "high"   | 167000
            openai/gpt-image-1/text-to-image          | , "size": "1536*1024", "quality": "low"    |  16000
            openai/gpt-image-1/text-to-image          | , "size": "1536*1024", "quality": "medium" |  63000
            openai/gpt-image-1/text-to-image          | , "size": "1536*1024", "quality": "high"   | 250000
            openai/gpt-image-1/text-to-image          | , "size": "1024*1536", "quality": "high"   | 250000
            """)
    void aCallCostsWhatTheProviderAsks(String model, String parameters, long microDollars) {
        assertThat(price(model, parameters)).isEqualTo(OptionalLong.of(microDollars));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            google/nano-banana-2.1/text-to-image        |
            google/nano-banana-2/text-to-image          |
            google/nano-banana-2/text-to-image-fast     | , "resolution": "4k"
            google/nano-banana-pro/text-to-image        |
            wavespeed-ai/qwen-image-2.0/text-to-image   |
            openai/gpt-image-2/text-to-image            |
            """)
    void aPriceThatIsNotEstablishedIsNotGuessed(String model, String parameters) {
        assertThat(price(model, parameters)).isEmpty();
    }

    @Test
    void aProductThatNoPriceCanBeIsNoPrice() throws JsonProcessingException {
        var rule = PriceRule.of(new JsonMapper().readTree("{\"base\": 40000, \"times\": \"n\"}"));

        assertThat(rule.of(input("{\"n\": 9223372036854775807}"))).isEmpty();
        assertThat(rule.of(input("{\"n\": 99999999999999999999}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bytedance/seedream-v4.5     | {"total_price": 0.04}
            wavespeed-ai/imagen4        | {"total_price": (0.04) * num_images}
            wavespeed-ai/flux-schnell   | {"total_price": (0.003) * (num_images ? num_images : 1)}
            google/nano-banana-2/text-to-image-fast | {"total_price": resolution = "2k" ? (0.045)}
            bytedance/seedream-v5.0-pro | {"total_price": resolution = "1k" ? (0.045) : resolution = "1.5k" ? (0.045) : resolution = "2k" ? (0.09) : (0.045)}
            """)
    void aPriceIsAFormulaOfTheParameters(String id, String formula) {
        assertThat(catalogue.find(new ModelId(id)).flatMap(Model::priceFormula)).contains(formula);
    }

    @Test
    void aFormulaComparesNumbersAndBooleansAsTheyAre() throws JsonProcessingException {
        var schema = InputSchema.of(
                new ModelId("a/b"), new JsonMapper().readTree("{\"properties\": {\"hd\": {\"type\": \"boolean\"}}}"));
        var rule =
                PriceRule.of(new JsonMapper().readTree("{\"by\": \"hd\", \"values\": {\"true\": 20, \"false\": 10}}"));

        assertThat(PriceFormula.of(rule, schema))
                .isEqualTo("{\"total_price\": hd = true ? (0.00002) : hd = false ? (0.00001)}");
    }

    @Test
    void rulesAreNested() throws JsonProcessingException {
        var rule = PriceRule.of(new JsonMapper().readTree("""
                {"base": {"by": "hd", "values": {"true": 20, "false": 10}, "absent": 5}, "times": "n"}"""));

        assertThat(rule.of(input("{\"hd\": true, \"n\": 3}"))).hasValue(60);
        assertThat(rule.of(input("{\"hd\": false, \"n\": 3}"))).hasValue(30);
        assertThat(rule.of(input("{\"n\": 3}"))).hasValue(15);
        assertThat(rule.of(input("{}"))).hasValue(5);
    }

    private OptionalLong price(String id, String parameters) {
        Model model = catalogue.find(new ModelId(id)).orElseThrow();
        var body = "{\"prompt\": \"a cat\"%s}".formatted(parameters == null ? "" : parameters);
        return model.price(((Validation.Valid) model.validate(body)).input());
    }

    private static ObjectNode input(String json) throws JsonProcessingException {
        return (ObjectNode) new JsonMapper().readTree(json);
    }
}
