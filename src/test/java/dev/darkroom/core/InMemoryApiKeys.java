package dev.darkroom.core;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fake of the API key store. It passes the same contract suite as the real one. */
public final class InMemoryApiKeys implements ApiKeys {

    private final Map<ApiKeyId, ApiKeyRecord> keys = new LinkedHashMap<>();
    private boolean unavailable;
    private int lookups;

    @Override
    public synchronized Optional<ApiKeyRecord> find(ApiKeyId id) {
        lookups++;
        if (unavailable) {
            throw new StoreUnavailableException("the fake is set not to answer", new IllegalStateException());
        }
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public synchronized boolean add(ApiKeyRecord key) {
        var before = keys.putIfAbsent(key.digest().id(), key);
        return before == null || before.equals(key);
    }

    @Override
    public synchronized List<ApiKeyRecord> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing(ApiKeyRecord::createdAt))
                .toList();
    }

    @Override
    public synchronized boolean disable(ApiKeyId id) {
        return keys.computeIfPresent(id, (_, key) -> key.disable()) != null;
    }

    @Override
    public synchronized boolean setAccess(ApiKeyId id, KeyAccess access) {
        return keys.computeIfPresent(id, (_, key) -> key.with(access)) != null;
    }

    @Override
    public synchronized boolean setBudget(ApiKeyId id, KeyBudget budget) {
        return keys.computeIfPresent(id, (_, key) -> key.with(budget)) != null;
    }

    /** How often {@link #find} was called. */
    public synchronized int lookups() {
        return lookups;
    }

    /** Makes every call throw, or ends that. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }
}
