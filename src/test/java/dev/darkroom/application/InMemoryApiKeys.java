package dev.darkroom.application;

import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.StoredKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fake of the keys' store. It passes the contract suite of the real one. */
public final class InMemoryApiKeys implements ApiKeys {

    private final Map<KeyId, StoredKey> keys = new LinkedHashMap<>();
    private boolean unavailable;

    @Override
    public synchronized Optional<StoredKey> find(KeyId id) {
        if (unavailable) {
            throw new StoreUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public synchronized boolean add(StoredKey key) {
        var before = keys.putIfAbsent(key.digest().id(), key);
        return before == null || before.equals(key);
    }

    @Override
    public synchronized List<StoredKey> all() {
        return keys.values().stream()
                .sorted(Comparator.comparing(StoredKey::createdAt))
                .toList();
    }

    @Override
    public synchronized boolean disable(KeyId id) {
        return keys.computeIfPresent(id, (_, key) -> new StoredKey(key.digest(), key.owner(), key.createdAt(), true))
                != null;
    }

    /** From now on, or no longer, it cannot be asked. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }
}
