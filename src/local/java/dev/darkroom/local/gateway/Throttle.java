package dev.darkroom.local.gateway;

import java.util.function.LongSupplier;

/**
 * The stage's limit of requests a second from all callers together: a bucket of tokens, of which each request takes
 * one. It holds {@code burst} tokens at most, and gains {@code perSecond} tokens a second.
 */
public final class Throttle {

    private static final double SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /** The bucket is full at first. {@code nanoTime} is a clock as {@link System#nanoTime} is. */
    public Throttle(double perSecond, double burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Lets every request pass. */
    public static Throttle unlimited() {
        return new Throttle(0, Double.POSITIVE_INFINITY, System::nanoTime);
    }

    /** Takes a token for a request; false when there is none. */
    synchronized boolean allows() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + perSecond * (now - filledAt) / SECOND);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
