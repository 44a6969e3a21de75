package dev.darkroom.core.account;

import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;

/** Finds the caller whom an API key belongs to. */
public final class AuthenticateApiKey {

    private final KeyLookups lookups;
    private final KeyUseRecorder uses;
    private final InstantSource clock;

    public AuthenticateApiKey(ApiKeys keys, KeyUseRecorder uses, InstantSource clock) {
        this.lookups = new KeyLookups(keys, clock);
        this.uses = uses;
        this.clock = clock;
    }

    /**
     * What the key is worth, as it was stored at most a minute ago. Throws {@link StoreUnavailableException} when it has
     * to be read and the store does not answer.
     */
    public Authentication authenticate(ApiKey key) {
        var digest = key.digest();
        return lookups.find(digest.id())
                .filter(stored -> stored.digest().matches(digest))
                .map(this::of)
                .orElseGet(Authentication.Unknown::new);
    }

    /**
     * What requests with this key may cost, as it was stored at most a minute ago; empty for no such key. Throws {@link
     * StoreUnavailableException} when it has to be read and the store does not answer.
     */
    public Optional<KeyBudget> budgetOf(ApiKeyId id) {
        return lookups.find(id).map(ApiKeyRecord::budget);
    }

    private Authentication of(ApiKeyRecord stored) {
        var id = stored.digest().id();
        if (stored.disabled()) {
            return new Authentication.Disabled(id);
        }
        if (stored.access().isExpiredAt(clock.instant())) {
            return new Authentication.Expired(id);
        }
        uses.used(id);
        return new Authentication.Accepted(
                new Caller(stored.owner(), id, stored.access().role()));
    }
}
