package dev.darkroom.core.budget;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/** Finds the limits that apply to a request. */
@FunctionalInterface
public interface SpendLimits {

    /** No limit applies to any request. */
    SpendLimits NONE = _ -> List.of();

    /**
     * The limits on a request, that of its key first. Throws {@link StoreUnavailableException} when the key has to be
     * read and the store does not answer.
     *
     * @param key the API key that the request was sent with; empty for one of a workflow
     */
    List<SpendLimit> of(Optional<ApiKeyId> key);

    /** A request was accepted under these limits, so that their counters have changed. It never throws. */
    default void accepted(List<SpendLimit> limits) {}
}
