package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An alias that would drop parameters is refused before a function starts. */
class ModelAliasesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wavespeed-ai/imagen4=google/nano-banana-2/text-to-image",
                "google/imagen4=google/imagen4-fast",
                "google/imagen4=google/imagen4-ultra, google/imagen4-fast=google/nano-banana-2/text-to-image",
                "house/best=bytedance/seedream-v4.5",
                "house/best=house/second,house/second=bytedance/seedream-v4.5",
                "wavespeed-ai/imagen4=house/best,house/best=google/nano-banana-2/text-to-image",
            })
    void anAliasWithAMapOrOfEqualParametersIsAccepted(String aliases) {
        assertThat(JsonSchemaCatalogue.problems(aliases)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4=bytedance/seedream-v4.5 | wavespeed-ai/imagen4 leads to bytedance/seedream-v4.5, and the two do not agree on negative_prompt, aspect_ratio, num_images, seed, size. Nothing says what becomes of these parameters: add a successor with a map to models/wavespeed-ai/imagen4.json, or choose a model that takes the same
            wavespeed-ai/imagen4=house/best,house/best=google/imagen4 | wavespeed-ai/imagen4 leads to google/imagen4, and the two do not agree on num_images, seed. Nothing says what becomes of these parameters: add a successor with a map to models/wavespeed-ai/imagen4.json, or choose a model that takes the same
            google/imagen4=wavespeed-ai/imagen4 | google/imagen4 leads to wavespeed-ai/imagen4, and the two do not agree on seed, num_images. Nothing says what becomes of these parameters: add a successor with a map to models/google/imagen4.json, or choose a model that takes the same
            wavespeed-ai/imagen4=google/nano-banana-2/text-to-imag | wavespeed-ai/imagen4 leads to google/nano-banana-2/text-to-imag, which is not in the catalogue; did you mean google/nano-banana-2/text-to-image?
            wavespeed-ai/imagen4=wavespeed-ai/imagen4 | wavespeed-ai/imagen4 leads back to itself
            google/nano-banana-2/text-to-image=google/imagen4 | google/nano-banana-2/text-to-image leads back to itself
            models/best=bytedance/seedream-v4.5 | models/best cannot be requested: paths that begin with models/ are other endpoints
            predictions/delete=bytedance/seedream-v4.5 | predictions/delete cannot be requested: paths that begin with predictions/ are other endpoints
            a/b                  | an alias is path=model, both in lower case, with a comma between two aliases
            a/b=c/d=e/f          | an alias is path=model, both in lower case, with a comma between two aliases
            A/b=c/d              | an alias is path=model, both in lower case, with a comma between two aliases
            a/b=c/d,             | an alias is path=model, both in lower case, with a comma between two aliases
            a/b=c/d,a/b=e/f      | a/b has two aliases
            """)
    void anyOtherAliasIsRefusedInASentence(String aliases, String problem) {
        assertThat(JsonSchemaCatalogue.problems(aliases)).containsExactly(problem);
    }

    @Test
    void everyAliasThatIsWrongIsNamed() {
        assertThat(JsonSchemaCatalogue.problems("a/b=c/d,e/f=g/h")).hasSize(2);
    }

    @Test
    void noCatalogueIsMadeWithAWrongAlias() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonSchemaCatalogue("a/b=c/d", UnknownParameters.REFUSE))
                .withMessage("a/b leads to c/d, which is not in the catalogue");
    }
}
