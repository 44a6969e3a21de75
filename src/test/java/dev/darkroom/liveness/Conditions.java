package dev.darkroom.liveness;

import java.time.Duration;

/**
 * The conditions of a {@link LivenessRun}.
 *
 * @param time for how long good requests arrive; a bad row must end within it
 * @param rows the number of bad requests
 * @param rowsOfASweep how many rows a sweep holds at once
 * @param triggersAreLost whether only the schedule starts sweeps
 * @param hasOutage whether the provider has an outage for all requests
 * @param isTrickle bad requests arrive each second and good ones every three seconds, instead of at once and every
 *     minute
 * @param seed decides when in its minute, or its second, each good request arrives
 */
record Conditions(
        Duration time,
        int rows,
        int rowsOfASweep,
        boolean triggersAreLost,
        boolean hasOutage,
        boolean isTrickle,
        long seed) {

    private static final int AS_CONFIGURED = 10_000;

    static Conditions with(int rows, long seed) {
        return new Conditions(Duration.ofHours(1), rows, AS_CONFIGURED, false, false, false, seed);
    }

    Conditions during(Duration other) {
        return new Conditions(other, rows, rowsOfASweep, triggersAreLost, hasOutage, isTrickle, seed);
    }

    Conditions holding(int rowsOfOneSweep) {
        return new Conditions(time, rows, rowsOfOneSweep, triggersAreLost, hasOutage, isTrickle, seed);
    }

    Conditions withoutTriggers() {
        return new Conditions(time, rows, rowsOfASweep, true, hasOutage, isTrickle, seed);
    }

    Conditions withOutage() {
        return new Conditions(time, rows, rowsOfASweep, triggersAreLost, true, isTrickle, seed);
    }

    Conditions trickling() {
        return new Conditions(time, rows, rowsOfASweep, triggersAreLost, hasOutage, true, seed);
    }

    /** The same conditions without bad requests. */
    Conditions alone() {
        return new Conditions(time, 0, rowsOfASweep, triggersAreLost, hasOutage, isTrickle, seed);
    }

    @Override
    public String toString() {
        return rows
                + (rowsOfASweep < AS_CONFIGURED ? ", a sweep holds " + rowsOfASweep : "")
                + (triggersAreLost ? ", no triggers" : "")
                + (hasOutage ? ", an outage" : "")
                + (isTrickle ? ", one a second" : "");
    }
}
