package dev.darkroom.application;

import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search of the provider's history told. */
public sealed interface FindOutcome {

    /**
     * The predictions that the call may have created, the likeliest first; none when the provider shows none, which it may
     * do later.
     */
    record Found(List<PredictionId> candidates) implements FindOutcome {
        public Found {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * The provider could not say.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements FindOutcome {}

    /** More was submitted in that time than can be listed at once: what is not found may still be there. */
    record TooMany() implements FindOutcome {}

    /** It was out a moment ago, so nobody asks it for that long. */
    record NotAsked(Duration pause) implements FindOutcome {}
}
