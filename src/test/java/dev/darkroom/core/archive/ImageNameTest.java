package dev.darkroom.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

    private static final ImageCopy WEBP =
            new ImageCopy.Kept(new ImageFacts(9, ContentType.WEBP, new ContentHash("0a".repeat(32)), 3, 2, List.of()));

    @ParameterizedTest
    @CsvSource({
        "https://a/1.png, 3.png",
        "https://a/1.JPEG?x=1.gif, 3.jpeg",
        "https://a/1.jpeg?x=1, 3.jpeg",
        "https://a/1.webp#top, 3.webp",
        "https://a/1.svg, 3",
        "https://a.png/1, 3",
        "https://a/1, 3"
    })
    void theExtensionIsThatOfTheProvidersAddress(String url, String name) {
        assertThat(ImageName.of(3, new Output(url, false))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"https://a/1.png, 0.png", "https://a/1, 0"})
    void aCopyDoesNotChangeIt(String url, String name) {
        assertThat(ImageName.of(0, new Output(url, false, WEBP))).isEqualTo(name);
    }

    @Test
    void anImageWithoutAnAddressHasTheExtensionOfItsFormat() {
        assertThat(ImageName.of(0, new Output("", false, WEBP))).isEqualTo("0.webp");
    }
}
