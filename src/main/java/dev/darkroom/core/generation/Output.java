package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;

/**
 * One generated image.
 *
 * @param url where the provider keeps the image, for a limited time; empty once the generation is deleted
 * @param nsfw whether the provider marked it as not safe for work
 */
public record Output(String url, boolean nsfw) {

    public Output {
        url = UnicodeText.toWellFormed(url);
    }

    /** The output without its address: it still counts as an image. */
    Output erased() {
        return new Output("", nsfw);
    }
}
