package dev.darkroom.core.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads images evenly over time.
 *
 * @param nextImageAt when another image fits into the rate
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell rate algorithm</a>
 */
public record RateLimiter(Instant nextImageAt) {

    public static final RateLimiter UNUSED = new RateLimiter(Instant.EPOCH);

    /** The images of this much time may be submitted at once. */
    private static final Duration BURST = Duration.ofSeconds(1);

    /** When the next request may be submitted, in the past if it may be now. */
    public Instant opensAt(RateLimits limits) {
        var tolerance = limits.interval().map(BURST::minus).filter(Duration::isPositive);
        return nextImageAt.minus(tolerance.orElse(Duration.ZERO));
    }

    /** Spends the share of {@code images}; what was not spent since {@code earliest} may be spent now. */
    public RateLimiter spend(int images, Instant earliest, RateLimits limits) {
        var from = nextImageAt.isAfter(earliest) ? nextImageAt : earliest;
        return limits.interval()
                .map(interval -> new RateLimiter(from.plus(interval.multipliedBy(images))))
                .orElse(this);
    }

    /** Returns the share of {@code images} that were not submitted after all. */
    public RateLimiter giveBack(int images, RateLimits limits) {
        return limits.interval()
                .map(interval -> new RateLimiter(nextImageAt.minus(interval.multipliedBy(images))))
                .orElse(this);
    }
}
