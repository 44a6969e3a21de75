package dev.darkroom.core;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyUses;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The fake of the last days of use. It passes the same contract suite as the real one. */
public final class InMemoryKeyUses implements KeyUses {

    private final Map<ApiKeyId, LocalDate> days = new HashMap<>();
    private boolean unavailable;
    private int writes;

    @Override
    public synchronized void used(ApiKeyId key, LocalDate day) {
        if (unavailable) {
            throw new StoreUnavailableException("the fake is set not to answer", new IllegalStateException());
        }
        writes++;
        days.put(key, day);
    }

    @Override
    public synchronized Map<ApiKeyId, LocalDate> lastDays(Collection<ApiKeyId> keys) {
        var found = new HashMap<>(days);
        found.keySet().retainAll(keys);
        return found;
    }

    /** How often {@link #used} has written. */
    public synchronized int writes() {
        return writes;
    }

    /** Makes every call throw, or ends that. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }
}
