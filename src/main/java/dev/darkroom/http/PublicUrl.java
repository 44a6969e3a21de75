package dev.darkroom.http;

/**
 * The gateway's address for callers: scheme, host and anything before the API's root, such as a stage.
 *
 * @param api where the paths that need an API key or a token begin
 */
public record PublicUrl(String base, String api) {

    public PublicUrl(String base) {
        this(base, base);
    }

    /** The same for a caller with a token. */
    PublicUrl forToken() {
        return new PublicUrl(base, base + TokenRoutes.PREFIX);
    }
}
