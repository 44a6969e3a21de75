package dev.darkroom.core.followup;

import java.time.Duration;
import java.time.Instant;

/**
 * When those that have no room come back: one after the other, so that not all come back at the same moment, and their
 * rows are read at a steady rate, however many they are.
 */
public final class Turns {

    private final Duration first;
    private final Duration between;
    private Instant last = Instant.MIN;

    /**
     * @param first how long the first one waits
     * @param between one and the next
     */
    public Turns(Duration first, Duration between) {
        this.first = first;
        this.between = between;
    }

    /** The turn of one more. */
    public synchronized Instant next(Instant now) {
        var earliest = now.plus(first);
        var next = last.equals(Instant.MIN) ? earliest : last.plus(between);
        last = next.isBefore(earliest) ? earliest : next;
        return last;
    }
}
