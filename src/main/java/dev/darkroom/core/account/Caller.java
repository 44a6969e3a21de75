package dev.darkroom.core.account;

/**
 * Who sends a request.
 *
 * @param owner of everything that the request stores and reads
 * @param key the API key that the request was sent with
 * @param role what the request may do
 */
public record Caller(Owner owner, ApiKeyId key, KeyRole role) {

    /** A caller that may submit. */
    public Caller(Owner owner, ApiKeyId key) {
        this(owner, key, KeyRole.GENERATE);
    }
}
