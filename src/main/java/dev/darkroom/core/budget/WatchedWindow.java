package dev.darkroom.core.budget;

import dev.darkroom.core.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of a window: the last reading of its counter, and what the process itself has accepted since.
 * Together they say when a soft limit may have been reached, without a read for each request.
 */
final class WatchedWindow {

    private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

    /** {@code accepted} is what this process had accepted before the counter was read. */
    private record Reading(Money committed, Money accepted, Instant at) {

        boolean isOldAt(Instant now) {
            return !now.isBefore(at.plus(BETWEEN_READS));
        }

        boolean mayHaveReached(Money soft, Money acceptedByNow) {
            var most = committed.plus(acceptedByNow.minus(accepted));
            return committed.compareTo(soft) < 0 && most.compareTo(soft) >= 0;
        }
    }

    private Money accepted = Money.ZERO;
    private Optional<Reading> last = Optional.empty();
    private boolean isReported;

    /** Counts a request that this process has accepted, and returns whether the counter has to be read after it. */
    synchronized boolean isDueAfter(Money price, Money soft, Instant now) {
        accepted = accepted.plus(price);
        return isDue(soft, now);
    }

    /** Whether the last reading is old, or the soft limit may have been reached since. */
    synchronized boolean isDue(Money soft, Instant now) {
        return last.map(reading -> reading.isOldAt(now) || reading.mayHaveReached(soft, accepted))
                .orElse(true);
    }

    /** What this process has accepted in the window. */
    synchronized Money accepted() {
        return accepted;
    }

    /** The counter was read. {@code acceptedBefore} is certainly a part of {@code committed}. */
    synchronized void read(Money committed, Money acceptedBefore, Instant now) {
        last = Optional.of(new Reading(committed, acceptedBefore, now));
    }

    /** Takes it upon the caller to report that the soft limit is reached; false when this process has done so. */
    synchronized boolean claimReport() {
        boolean isFirst = !isReported;
        isReported = true;
        return isFirst;
    }

    /** The caller could not find out whether it has to report. */
    synchronized void returnReport() {
        isReported = false;
    }

    synchronized boolean isReported() {
        return isReported;
    }
}
