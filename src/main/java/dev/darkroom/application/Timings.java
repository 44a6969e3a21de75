package dev.darkroom.application;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long things may take. All are positive.
 *
 * @param firstLook from accepting a row until a sweep looks at it
 * @param claimTimeout how long a claim is good for; longer than the paid call can take
 * @param submitGiveUp how long a row may wait for a submission that the provider does not refuse
 * @param unconfirmedGiveUp how long the outcome of a submission may stay unknown
 * @param resubmitAfter how long after an unknown outcome, ten minutes or more, a row is submitted once more when the
 *     provider's history shows nothing; empty: never, because the history may be late and the image be paid for twice
 * @param predictionVisible how long after its submission a prediction may be unknown to the provider's result call
 */
public record Timings(
        Duration firstLook,
        Duration claimTimeout,
        Duration submitGiveUp,
        Duration unconfirmedGiveUp,
        Optional<Duration> resubmitAfter,
        Duration predictionVisible) {

    private static final Duration LATEST_HISTORY = Duration.ofMinutes(10);

    public Timings {
        Stream.concat(
                        Stream.of(firstLook, claimTimeout, submitGiveUp, unconfirmedGiveUp, predictionVisible),
                        resubmitAfter.stream())
                .filter(timing -> !timing.isPositive())
                .findFirst()
                .ifPresent(timing -> {
                    throw new IllegalArgumentException("darkroom.timings must all be positive, not " + timing);
                });
        resubmitAfter.filter(after -> after.compareTo(LATEST_HISTORY) < 0).ifPresent(after -> {
            throw new IllegalArgumentException(
                    "darkroom.timings.resubmit-after must be PT10M or more, because the history may be late, not "
                            + after);
        });
    }
}
