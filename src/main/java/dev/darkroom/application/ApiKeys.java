package dev.darkroom.application;

import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.StoredKey;
import java.util.List;
import java.util.Optional;

/** Keeps API keys, about 2,000 at most. Each method throws {@link StoreUnavailableException} when the store does not answer. */
public interface ApiKeys {

    /** The key with this id, as the last finished write left it. */
    Optional<StoredKey> find(KeyId id);

    /** Stores a new key; false when there is one with its id. */
    boolean add(StoredKey key);

    /** All of them, the oldest first. */
    List<StoredKey> all();

    /** Disables a key; false when there is none. */
    boolean disable(KeyId id);
}
