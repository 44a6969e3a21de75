package dev.darkroom.core.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Looks up API keys, and remembers each answer for a minute. A failed lookup is not remembered. Keys that are refused
 * are remembered apart, so that guessed keys displace no valid one.
 */
final class KeyLookups {

    /** A key that is disabled works for this long in a process that has just looked it up. */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** In entries of some 300 bytes each, for valid keys as well as for refused ones. */
    static final int MAX_ENTRIES = 1_000;

    /** @param at the time before the lookup, because the key may change while it is read */
    private record Lookup(Optional<ApiKeyRecord> key, Instant at) {

        boolean isValid() {
            return key.isPresent() && !key.get().disabled();
        }

        /** A clock that was set back makes no answer last longer. */
        boolean isCurrent(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(REMEMBERED));
        }
    }

    private final ApiKeys keys;
    private final InstantSource clock;

    /** The oldest lookup first, here and below. */
    private final SequencedMap<ApiKeyId, Lookup> valid = new LinkedHashMap<>();

    private final SequencedMap<ApiKeyId, Lookup> refused = new LinkedHashMap<>();

    KeyLookups(ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    Optional<ApiKeyRecord> find(ApiKeyId id) {
        var now = clock.instant();
        return remembered(id)
                .filter(lookup -> lookup.isCurrent(now))
                .orElseGet(() -> lookUp(id, now))
                .key();
    }

    /**
     * Without a lock: the first request of a process does not wait for the lookup of its priming. Later a process
     * serves one request at a time, so that no two lookups of a key run at once.
     */
    private Lookup lookUp(ApiKeyId id, Instant now) {
        var lookup = new Lookup(keys.find(id), now);
        remember(id, lookup);
        return lookup;
    }

    private synchronized Optional<Lookup> remembered(ApiKeyId id) {
        return Optional.ofNullable(valid.get(id)).or(() -> Optional.ofNullable(refused.get(id)));
    }

    private synchronized void remember(ApiKeyId id, Lookup lookup) {
        valid.remove(id);
        refused.remove(id);
        var lookups = lookup.isValid() ? valid : refused;
        lookups.put(id, lookup);
        if (lookups.size() > MAX_ENTRIES) {
            lookups.pollFirstEntry();
        }
    }
}
