package dev.darkroom.core.step;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time limits of a generation. All are positive.
 *
 * @param firstCheck from submitting a row until a sweep polls it
 * @param firstCheckWithWebhook the same for a row whose provider sends a webhook; the poll is then the fallback for a
 *     lost webhook
 * @param claim how long a claim is valid; the paid call ends before that or is not sent
 * @param queued how long a row may wait in the queue, from its creation
 * @param reconciliation how long the outcome of a submission may stay unknown, from sending the call
 * @param processing how long a prediction may run, from its submission
 * @param resubmitAfter how long after a call with an unknown outcome the row is submitted once more, if the provider's
 *     history shows nothing; ten minutes or more. Empty for never, because a late history would mean paying twice
 * @param predictionVisibility how long after its submission a prediction may be unknown to the provider's result call
 */
public record Timeouts(
        Duration firstCheck,
        Duration firstCheckWithWebhook,
        Duration claim,
        Duration queued,
        Duration reconciliation,
        Duration processing,
        Optional<Duration> resubmitAfter,
        Duration predictionVisibility) {

    private static final Duration LATEST_HISTORY = Duration.ofMinutes(10);

    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Optional.empty(),
            Duration.ofMinutes(10));

    public Timeouts {
        Stream.concat(
                        Stream.of(
                                firstCheck,
                                firstCheckWithWebhook,
                                claim,
                                queued,
                                reconciliation,
                                processing,
                                predictionVisibility),
                        resubmitAfter.stream())
                .filter(timeout -> !timeout.isPositive())
                .findFirst()
                .ifPresent(timeout -> {
                    throw new IllegalArgumentException("darkroom.timeouts must all be positive, not " + timeout);
                });
        resubmitAfter.filter(after -> after.compareTo(LATEST_HISTORY) < 0).ifPresent(after -> {
            throw new IllegalArgumentException(
                    "darkroom.timeouts.resubmit-after must be PT10M or more, because the history may be late, not "
                            + after);
        });
    }
}
