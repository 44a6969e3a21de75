package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;

/**
 * One generated image.
 *
 * @param url where the provider keeps the image, for a limited time; empty once the generation is deleted
 * @param nsfw whether the provider marked it as not safe for work
 * @param copy what became of the gateway's copy
 */
public record Output(String url, boolean nsfw, ImageCopy copy) {

    private static final String DATA = "data:";

    public Output {
        url = UnicodeText.toWellFormed(url);
    }

    /** An image at its provider. */
    public Output(String url, boolean nsfw) {
        this(url, nsfw, new ImageCopy.AtProvider());
    }

    /** Whether the provider answered the image itself in place of its address. */
    public boolean isInline() {
        return url.regionMatches(true, 0, DATA, 0, DATA.length());
    }

    Output with(ImageCopy changed) {
        return new Output(url, nsfw, changed);
    }

    /** The output without its address and the facts of its copy: it still counts as an image. */
    Output erased() {
        return new Output("", nsfw);
    }
}
