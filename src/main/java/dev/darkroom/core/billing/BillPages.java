package dev.darkroom.core.billing;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads all pages of a provider's bill, each entry once: while a bill grows, an entry may move to the next page. A page
 * that fails ends the reading, and {@link #problem} says why.
 */
final class BillPages {

    /** No day has as many entries. A bill whose pages never end would fill the memory. */
    static final int MAX_PAGES = 5_000;

    private final ProviderBill bill;
    private final InstantSource clock;
    private final Instant until;

    private int unreadable;
    private boolean exists = true;
    private String problem = "";

    /** No page is asked for after {@code until}. */
    BillPages(ProviderBill bill, InstantSource clock, Instant until) {
        this.bill = bill;
        this.clock = clock;
        this.until = until;
    }

    /** What the bill has about each prediction. */
    Map<PredictionId, List<BillEntry>> read(BillQuestion question) {
        var entries = new LinkedHashMap<PredictionId, Map<String, BillEntry>>();
        boolean isRead = false;
        for (int page = 1; !isRead && problem.isEmpty(); page++) {
            isRead = read(question, page, entries);
        }
        var byPrediction = new LinkedHashMap<PredictionId, List<BillEntry>>();
        entries.forEach((prediction, byId) -> byPrediction.put(prediction, List.copyOf(byId.values())));
        return byPrediction;
    }

    /** True when no page follows. */
    private boolean read(BillQuestion question, int page, Map<PredictionId, Map<String, BillEntry>> entries) {
        if (!hasTime()) {
            return true;
        }
        if (page > MAX_PAGES) {
            problem = "the bill has more than %d pages".formatted(MAX_PAGES);
            return true;
        }
        return switch (bill.page(question, page)) {
            case BillOutcome.Page(var found, var unread, var isLast) -> {
                unreadable += unread;
                boolean isNew = add(found, entries);
                yield isLast || !(isNew || found.isEmpty());
            }
            case BillOutcome.NoBill() -> {
                exists = false;
                yield true;
            }
            case BillOutcome.Unavailable(var _, var reason) -> failed(reason);
            case BillOutcome.Unclear(var reason) -> failed(reason);
        };
    }

    /** False when the page has nothing new: unless it is empty, the provider then ignores the number of the page. */
    private static boolean add(Collection<BillEntry> found, Map<PredictionId, Map<String, BillEntry>> entries) {
        boolean isNew = false;
        for (var entry : found) {
            isNew |= entries.computeIfAbsent(entry.prediction(), _ -> new LinkedHashMap<>())
                            .put(entry.id(), entry)
                    == null;
        }
        return isNew;
    }

    /** Whether the comparison may go on; its time is a {@link #problem} once it is over. */
    boolean hasTime() {
        boolean hasTime = clock.instant().isBefore(until);
        if (!hasTime && problem.isEmpty()) {
            problem = "the time was over before all of the bill was compared";
        }
        return hasTime;
    }

    private boolean failed(String reason) {
        problem = "the bill could not be read: " + reason;
        return true;
    }

    /** Whether the provider shows a bill, as far as is known. */
    boolean exists() {
        return exists;
    }

    int unreadable() {
        return unreadable;
    }

    /** Empty while every page was read. */
    String problem() {
        return problem;
    }
}
