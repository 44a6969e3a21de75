package dev.darkroom.core.account;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records on which day a key is used. A process tries once a day for each key, not for each request, whether the write
 * succeeds or not: a table that does not answer delays one request of a key and not all of them.
 */
public final class KeyUseRecorder {

    /** In keys; a process that has seen more forgets all of them. */
    private static final int MAX_KEYS = 1_000;

    private final KeyUses uses;
    private final InstantSource clock;
    private final KeyUseListener listener;
    private final Map<ApiKeyId, LocalDate> tried = new ConcurrentHashMap<>();

    public KeyUseRecorder(KeyUses uses, InstantSource clock, KeyUseListener listener) {
        this.uses = uses;
        this.clock = clock;
        this.listener = listener;
    }

    /** Never throws: a request does not fail because its day is not recorded. Another process records it, or nothing. */
    void used(ApiKeyId key) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (tried.size() >= MAX_KEYS && !tried.containsKey(key)) {
            tried.clear();
        }
        if (today.equals(tried.put(key, today))) {
            return;
        }
        try {
            uses.used(key, today);
        } catch (RuntimeException e) {
            listener.useNotRecorded(key, e);
        }
    }
}
