package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads images evenly over time.
 *
 * @param nextImageAt from then on another image fits into the rate
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">Generic cell rate algorithm</a>
 */
public record RateLimiter(Instant nextImageAt) {

    public static final RateLimiter UNUSED = new RateLimiter(Instant.EPOCH);

    /** What this long allows may be used at once. */
    private static final Duration BURST = Duration.ofSeconds(1);

    /** When the next request may be submitted, in the past if it may be now. */
    public Instant opensAt(RateLimits limits) {
        var tolerance = limits.interval().map(BURST::minus).filter(Duration::isPositive);
        return nextImageAt.minus(tolerance.orElse(Duration.ZERO));
    }

    /** So many images are submitted; what was not used since {@code earliest} may still be. */
    public RateLimiter spend(int images, Instant earliest, RateLimits limits) {
        var from = nextImageAt.isAfter(earliest) ? nextImageAt : earliest;
        return limits.interval()
                .map(interval -> new RateLimiter(from.plus(interval.multipliedBy(images))))
                .orElse(this);
    }

    /** So many images were not submitted after all. */
    public RateLimiter giveBack(int images, RateLimits limits) {
        return limits.interval()
                .map(interval -> new RateLimiter(nextImageAt.minus(interval.multipliedBy(images))))
                .orElse(this);
    }
}
