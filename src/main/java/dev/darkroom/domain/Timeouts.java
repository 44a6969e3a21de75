package dev.darkroom.domain;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long things may take. All are positive.
 *
 * @param firstCheck from submitting a row until a sweep polls it
 * @param claim how long a claim is good for; the paid call is not sent when it could end later than that
 * @param queued how long a row may wait in the queue, since it was created
 * @param reconciliation how long the outcome of a submission may stay unknown, since it was sent
 * @param processing how long a prediction may run, since it was submitted
 * @param resubmitAfter how long after an unknown outcome, ten minutes or more, a row is submitted once more when the
 *     provider's history shows nothing; empty: never, because the history may be late and the image be paid for twice
 * @param predictionVisibility how long after its submission a prediction may be unknown to the provider's result call
 */
public record Timeouts(
        Duration firstCheck,
        Duration claim,
        Duration queued,
        Duration reconciliation,
        Duration processing,
        Optional<Duration> resubmitAfter,
        Duration predictionVisibility) {

    private static final Duration LATEST_HISTORY = Duration.ofMinutes(10);

    public static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofHours(24),
            Optional.empty(),
            Duration.ofMinutes(10));

    public Timeouts {
        Stream.concat(
                        Stream.of(firstCheck, claim, queued, reconciliation, processing, predictionVisibility),
                        resubmitAfter.stream())
                .filter(timeout -> !timeout.isPositive())
                .findFirst()
                .ifPresent(timeout -> {
                    throw new IllegalArgumentException("darkroom.timings must all be positive, not " + timeout);
                });
        resubmitAfter.filter(after -> after.compareTo(LATEST_HISTORY) < 0).ifPresent(after -> {
            throw new IllegalArgumentException(
                    "darkroom.timings.resubmit-after must be PT10M or more, because the history may be late, not "
                            + after);
        });
    }
}
