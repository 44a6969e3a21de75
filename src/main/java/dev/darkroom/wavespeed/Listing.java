package dev.darkroom.wavespeed;

import dev.darkroom.application.SearchOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the provider's history showed of a span.
 *
 * @param at when it was read
 * @param predictions each once
 * @param complete whether there are no others
 * @param failure of the page with which the list broke off
 */
record Listing(Instant at, List<PastPrediction> predictions, boolean complete, Optional<SearchOutcome> failure) {

    static Listing of(Instant at, Collection<PastPrediction> predictions, boolean complete) {
        return new Listing(at, List.copyOf(predictions), complete, Optional.empty());
    }

    static Listing brokenOff(Instant at, Collection<PastPrediction> predictions, SearchOutcome failure) {
        return new Listing(at, List.copyOf(predictions), false, Optional.of(failure));
    }
}
