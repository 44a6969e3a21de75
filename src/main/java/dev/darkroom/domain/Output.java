package dev.darkroom.domain;

/**
 * One generated image.
 *
 * @param url where the provider keeps it (for 7 days)
 * @param nsfw whether the provider marked it as not safe for work
 */
public record Output(String url, boolean nsfw) {

    public Output {
        url = Characters.whole(url);
    }
}
