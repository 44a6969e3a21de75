package dev.darkroom.core.ratelimit;

import java.time.Duration;
import java.util.Optional;

/**
 * What a provider allows this gateway. Without a rate the provider's refusals are the only limit.
 *
 * @param imagesPerMinute 1 to 60,000; images are spread evenly over the minute
 * @param queuedPerOwner how many requests of one owner may wait in the queue, 1 or more
 */
public record RateLimits(Optional<Integer> imagesPerMinute, int queuedPerOwner) {

    private static final int MAX_IMAGES = 60_000;

    public RateLimits {
        imagesPerMinute.ifPresent(images -> check("images per minute of a provider", images, MAX_IMAGES));
        check("darkroom.rate-limit.max-queued-per-owner", queuedPerOwner, Integer.MAX_VALUE);
    }

    /** The time from one image to the next, in whole milliseconds, rounded up. */
    public Optional<Duration> interval() {
        return imagesPerMinute.map(
                images -> Duration.ofMillis(Math.ceilDiv(Duration.ofMinutes(1).toMillis(), images)));
    }

    private static void check(String setting, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("%s must be from 1 to %d".formatted(setting, max));
        }
    }
}
