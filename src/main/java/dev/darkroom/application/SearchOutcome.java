package dev.darkroom.application;

import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search of the provider's history told. */
public sealed interface SearchOutcome {

    /**
     * The predictions that the call may have created, the likeliest first; none when the provider shows none, which it may
     * do later.
     *
     * @param complete whether the whole window was listed: if not, what is not among the candidates may still exist
     * @param similar how many others have the same prompt but other fields, so that they are no candidates
     */
    record Found(List<PredictionId> candidates, boolean complete, int similar) implements SearchOutcome {
        public Found {
            candidates = List.copyOf(candidates);
        }

        /** Of a window that was listed whole. */
        public Found(List<PredictionId> candidates) {
            this(candidates, true, 0);
        }
    }

    /**
     * The provider is out, or does not let us ask now: not reached, no answer in time, 429, 503, or a {@code Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it names no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements SearchOutcome {}

    /**
     * This search failed, which says nothing of others: another status, or an answer that cannot be read.
     *
     * @param reason what happened, for the log; it names no secret
     */
    record Unclear(String reason) implements SearchOutcome {}

    /** The circuit is open: nothing was asked, and nothing will be for that long. */
    record CircuitOpen(Duration pause) implements SearchOutcome {}
}
