package dev.darkroom.provider.wavespeed.history;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.SearchOutcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A listing that grows page by page. A page with fewer entries than requested need not be the last one. A listing ends
 * with a page without entries, with the page that makes up the total, or with a page of known entries only: the
 * provider then ignores the page number.
 */
final class GrowingListing {

    /** In bytes, all pages together. */
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** How many pages of one entry each may be skipped. */
    private static final int MAX_SKIPPED = 3;

    private final int pageSize;
    private final Map<PredictionId, HistoryEntry> predictions = new LinkedHashMap<>();
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

    /** Skips a page that is too large; false when there were more than single large entries can explain. */
    boolean skip() {
        skipped++;
        return skipped <= MAX_SKIPPED;
    }

    boolean mayGrow() {
        return !ended && bytes < MAX_BYTES;
    }

    Listing at(Instant now) {
        return Listing.of(now, predictions.values(), complete);
    }

    Listing brokenOff(Instant now, SearchOutcome failure) {
        return Listing.brokenOff(now, predictions.values(), failure);
    }
}
