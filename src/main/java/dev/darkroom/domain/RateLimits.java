package dev.darkroom.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * What the provider allows this gateway; without a limit it is found out by being refused.
 *
 * @param imagesPerMinute 1 to 60,000; images are spread evenly over the minute, because nobody says how one is counted
 * @param predictionsInFlight submitted and not finished at once, 1 or more
 * @param queuedPerOwner how many requests of one owner may wait for their turn, 1 or more
 */
public record RateLimits(Optional<Integer> imagesPerMinute, Optional<Integer> predictionsInFlight, int queuedPerOwner) {

    private static final int MOST_IMAGES = 60_000;

    public RateLimits {
        imagesPerMinute.ifPresent(images -> check("images-per-minute", images, MOST_IMAGES));
        predictionsInFlight.ifPresent(predictions -> check("predictions-in-flight", predictions, Integer.MAX_VALUE));
        check("queued-per-owner", queuedPerOwner, Integer.MAX_VALUE);
    }

    /** From one image to the next, in whole milliseconds, rounded up. */
    public Optional<Duration> interval() {
        return imagesPerMinute.map(
                images -> Duration.ofMillis(Math.ceilDiv(Duration.ofMinutes(1).toMillis(), images)));
    }

    private static void check(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("darkroom.budget.%s must be from 1 to %d".formatted(setting, most));
        }
    }
}
