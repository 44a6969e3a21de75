package dev.darkroom.wavespeed;

import dev.darkroom.application.SearchOutcome;
import dev.darkroom.domain.PredictionId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A listing as it grows page by page. A page with fewer entries than were asked for need not be the last: only one without any
 * is, or the one that makes up the total. A page that repeats what is known comes from a provider that does not turn pages.
 */
final class GrowingListing {

    /** In bytes, all pages together. */
    private static final long LARGEST = 16 * 1024 * 1024;

    /** Of pages of one entry each. */
    private static final int MOST_SKIPPED = 3;

    private final int pageSize;
    private final Map<PredictionId, PastPrediction> predictions = new LinkedHashMap<>();
    private Optional<Long> total = Optional.empty();
    private long bytes;
    private int skipped;
    private boolean ended;
    private boolean complete;

    GrowingListing(int pageSize) {
        this.pageSize = pageSize;
    }

    void add(HistoryPage page) {
        int known = predictions.size();
        page.predictions().forEach(prediction -> predictions.putIfAbsent(prediction.id(), prediction));
        bytes += page.bytes();
        total = page.total().or(() -> total);
        boolean reachesTotal = total.map(all -> predictions.size() >= all).orElse(true);
        boolean isShort = page.items() < pageSize;
        ended = page.items() == 0 || predictions.size() == known || (isShort && total.isPresent() && reachesTotal);
        complete = ended && isShort && reachesTotal && skipped == 0;
    }

    /** Leaves out a page that is too large; false when there were several, which cannot be due to single entries. */
    boolean skip() {
        skipped++;
        return skipped <= MOST_SKIPPED;
    }

    boolean mayGrow() {
        return !ended && bytes < LARGEST;
    }

    Listing at(Instant now) {
        return Listing.of(now, predictions.values(), complete);
    }

    Listing brokenOff(Instant now, SearchOutcome failure) {
        return Listing.brokenOff(now, predictions.values(), failure);
    }
}
