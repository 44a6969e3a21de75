package dev.darkroom.core.ratelimit;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Set;

/** Stores the submission gate of each provider. */
public interface SubmissionGates {

    SubmissionGateStore of(ProviderId provider);

    /**
     * The providers whose gate has ever had a request in its queue, even if they are no longer wired. Throws {@link
     * StoreUnavailableException} when the store could not be reached or did not answer.
     */
    Set<ProviderId> withQueues();
}
