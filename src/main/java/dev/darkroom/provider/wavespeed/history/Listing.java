package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.core.provider.SearchOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the provider's history showed for a span.
 *
 * @param at when it was read
 * @param predictions each once
 * @param complete whether the span has no others
 * @param failure of the page at which the listing broke off
 */
record Listing(Instant at, List<HistoryEntry> predictions, boolean complete, Optional<SearchOutcome> failure) {

    static Listing of(Instant at, Collection<HistoryEntry> predictions, boolean complete) {
        return new Listing(at, List.copyOf(predictions), complete, Optional.empty());
    }

    static Listing brokenOff(Instant at, Collection<HistoryEntry> predictions, SearchOutcome failure) {
        return new Listing(at, List.copyOf(predictions), false, Optional.of(failure));
    }
}
