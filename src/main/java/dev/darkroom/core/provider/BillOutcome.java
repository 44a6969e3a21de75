package dev.darkroom.core.provider;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider answered to the question for a page of its bill. */
public sealed interface BillOutcome {

    /**
     * A part of the bill.
     *
     * @param entries those about predictions
     * @param unreadable how many entries cannot be read
     * @param isLast whether no page follows
     */
    record Page(List<BillEntry> entries, int unreadable, boolean isLast) implements BillOutcome {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** The provider shows no bill. */
    record NoBill() implements BillOutcome {}

    /**
     * The provider is down or refuses calls for now: not reached, no answer in time, 429, 503, or a {@code
     * Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it contains no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements BillOutcome {}

    /**
     * Another status, or an answer that cannot be read.
     *
     * @param reason what happened, for the log; it contains no secret
     */
    record Unclear(String reason) implements BillOutcome {}
}
