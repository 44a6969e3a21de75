package dev.darkroom.core.account;

import dev.darkroom.errors.StoreUnavailableException;
import java.time.InstantSource;

/** Finds the caller whom an API key belongs to. */
public final class AuthenticateApiKey {

    private final KeyLookups lookups;

    public AuthenticateApiKey(ApiKeys keys, InstantSource clock) {
        this.lookups = new KeyLookups(keys, clock);
    }

    /**
     * What the key is worth, as it was stored at most a minute ago. Throws {@link StoreUnavailableException} when it has
     * to be read and the store does not answer.
     */
    public Authentication authenticate(ApiKey key) {
        var digest = key.digest();
        return lookups.find(digest.id())
                .filter(stored -> stored.digest().matches(digest))
                .map(AuthenticateApiKey::of)
                .orElseGet(Authentication.Unknown::new);
    }

    private static Authentication of(ApiKeyRecord stored) {
        var id = stored.digest().id();
        return stored.disabled()
                ? new Authentication.Disabled(id)
                : new Authentication.Accepted(new Caller(stored.owner(), id));
    }
}
