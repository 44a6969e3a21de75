package dev.darkroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN =
            List.of("prompt", "negative_prompt", "aspect_ratio", "num_images", "seed");

    @ParameterizedTest
    @CsvSource({
        "negative_promt, negative_prompt",
        "Prompt, prompt",
        "num_image, num_images",
        "aspectRatio, aspect_ratio",
        "sed, seed"
    })
    void aNearNameIsSuggested(String given, String suggested) {
        assertThat(Suggestion.nearest(given, KNOWN)).contains(suggested);
    }

    @Test
    void nothingIsSuggestedForAFarName() {
        assertThat(Suggestion.nearest("guidance_scale", KNOWN)).isEmpty();
        assertThat(Suggestion.nearest("x".repeat(100_000), KNOWN)).isEmpty();
    }
}
