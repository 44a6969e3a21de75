package dev.darkroom.core.account;

import java.util.Optional;

/** Finds the owner of an API key. */
public final class AuthenticateApiKey {

    private final ApiKeys keys;

    public AuthenticateApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    /** The owner of a key that is stored and not disabled. */
    public Optional<Owner> ownerOf(ApiKey key) {
        var digest = key.digest();
        return keys.find(digest.id())
                .filter(stored -> stored.digest().matches(digest))
                .filter(stored -> !stored.disabled())
                .map(ApiKeyRecord::owner);
    }
}
