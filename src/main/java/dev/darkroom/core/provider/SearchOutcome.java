package dev.darkroom.core.provider;

import dev.darkroom.core.generation.PredictionId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search of the provider's history found. */
public sealed interface SearchOutcome {

    /**
     * The predictions that the call may have created, the likeliest first; none when the provider does not show any
     * yet.
     *
     * @param complete whether the whole window was listed; if not, the history may have further candidates
     * @param similar how many others have the same prompt but other fields, so that they are not candidates
     */
    record Found(List<PredictionId> candidates, boolean complete, int similar) implements SearchOutcome {
        public Found {
            candidates = List.copyOf(candidates);
        }

        /** The result of a window that was listed completely. */
        public Found(List<PredictionId> candidates) {
            this(candidates, true, 0);
        }
    }

    /** The provider has no history. */
    record NoHistory() implements SearchOutcome {}

    /**
     * The provider is down or refuses calls for now: not reached, no answer in time, 429, 503, or a {@code
     * Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it contains no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements SearchOutcome {}

    /**
     * This search failed, which says nothing about other searches: another status, or an answer that cannot be read.
     *
     * @param reason what happened, for the log; it contains no secret
     */
    record Unclear(String reason) implements SearchOutcome {}

    /** The circuit is open: no call was made, and none will be for {@code pause}. */
    record CircuitOpen(Duration pause) implements SearchOutcome {}
}
