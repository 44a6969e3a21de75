package dev.darkroom.core.account;

import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/**
 * Stores on which day each API key was last used. Each method throws {@link StoreUnavailableException} when the store
 * does not answer.
 */
public interface KeyUses {

    /** The key is used on this day (UTC); storing it again does nothing. */
    void used(ApiKeyId key, LocalDate day);

    /** The last day of each of these keys; a key that was never used is missing. */
    Map<ApiKeyId, LocalDate> lastDays(Collection<ApiKeyId> keys);
}
