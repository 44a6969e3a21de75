package dev.darkroom.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when it is advanced, and never goes back. */
public final class SimulatedClock implements InstantSource {

    public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now;

    public SimulatedClock() {
        this(START);
    }

    public SimulatedClock(Instant start) {
        now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Does nothing when the time has passed already. */
    public void advanceTo(Instant instant) {
        now = instant.isAfter(now) ? instant : now;
    }
}
