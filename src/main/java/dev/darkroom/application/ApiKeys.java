package dev.darkroom.application;

import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.StoredKey;
import java.util.List;
import java.util.Optional;

/** Keeps API keys, any number of them. Each method throws {@link StoreUnavailableException} when the store does not answer. */
public interface ApiKeys {

    /** The key with this id, as the last finished write left it. */
    Optional<StoredKey> find(KeyId id);

    /** Stores a new key, and once more does nothing; false when there is another one with its id. */
    boolean add(StoredKey key);

    /** All of them, the oldest first; what was written in the last second may be missing. */
    List<StoredKey> all();

    /** Disables a key; false when there is none. */
    boolean disable(KeyId id);
}
