package dev.darkroom.application;

import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.StoredKey;
import java.util.Optional;

/** Tells whose key it is. */
public final class Authorize {

    private final ApiKeys keys;

    public Authorize(ApiKeys keys) {
        this.keys = keys;
    }

    /** The owner of a key that is stored and not disabled. */
    public Optional<Owner> ownerOf(ApiKey key) {
        var digest = key.digest();
        return keys.find(digest.id())
                .filter(stored -> stored.digest().matches(digest))
                .filter(stored -> !stored.disabled())
                .map(StoredKey::owner);
    }
}
