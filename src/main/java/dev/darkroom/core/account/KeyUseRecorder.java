package dev.darkroom.core.account;

import dev.darkroom.errors.StoreUnavailableException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records on which day a key is used: a process writes once a day for each key, not for each request. */
public final class KeyUseRecorder {

    /** In keys; a process that has seen more forgets all of them. */
    private static final int MAX_KEYS = 1_000;

    private final KeyUses uses;
    private final InstantSource clock;
    private final Map<ApiKeyId, LocalDate> recorded = new ConcurrentHashMap<>();

    public KeyUseRecorder(KeyUses uses, InstantSource clock) {
        this.uses = uses;
        this.clock = clock;
    }

    /** Never throws: a request does not fail because its day is not recorded, and the next one records it. */
    void used(ApiKeyId key) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.equals(recorded.get(key))) {
            return;
        }
        try {
            uses.used(key, today);
            if (recorded.size() >= MAX_KEYS) {
                recorded.clear();
            }
            recorded.put(key, today);
        } catch (StoreUnavailableException _) {
            recorded.remove(key);
        }
    }
}
