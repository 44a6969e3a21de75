package dev.darkroom.core.account;

import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Stores any number of API keys. Each method throws {@link StoreUnavailableException} when the store does not answer.
 */
public interface ApiKeys {

    /** The key with this id, as the last finished write left it. */
    Optional<ApiKeyRecord> find(ApiKeyId id);

    /** Stores a new key; storing it again does nothing. False when another key has its id. */
    boolean add(ApiKeyRecord key);

    /** All keys, the oldest first; a key that was written in the last second may be missing. */
    List<ApiKeyRecord> all();

    /** Disables a key; false when no key has this id. */
    boolean disable(ApiKeyId id);

    /** Sets the budget of a key; what counts in its window already stays. False when no key has this id. */
    boolean setBudget(ApiKeyId id, KeyBudget budget);

    /** Sets what a key gives access to; false when no key has this id. */
    boolean setAccess(ApiKeyId id, KeyAccess access);
}
