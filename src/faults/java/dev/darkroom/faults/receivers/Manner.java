package dev.darkroom.faults.receivers;

import java.util.List;
import java.util.Random;

/**
 * How a receiver answers the webhook of a request. None fails more than once: the third attempt comes after five
 * minutes, and the last one after three days, which is longer than a run takes.
 */
public enum Manner {
    WELL,
    FAILS_ONCE,
    HANGS_ONCE,
    DISCONNECTS_ONCE,
    /** Answers 410, so that the webhook is given up. */
    GONE;

    /** Six of ten answer well, and one in each of the other manners. */
    private static final List<Manner> DRAWN =
            List.of(WELL, WELL, WELL, WELL, WELL, WELL, FAILS_ONCE, HANGS_ONCE, DISCONNECTS_ONCE, GONE);

    static Manner of(long seed, String key) {
        return DRAWN.get(new Random(31 * seed + key.hashCode()).nextInt(DRAWN.size()));
    }

    boolean failsFirst() {
        return this != WELL && this != GONE;
    }
}
