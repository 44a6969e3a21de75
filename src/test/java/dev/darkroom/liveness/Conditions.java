package dev.darkroom.liveness;

import java.time.Duration;

/**
 * Under which a {@link LivenessRun} is.
 *
 * @param time how long good requests come; a bad row has ended by then
 * @param rows how many bad requests there are
 * @param rowsOfASweep how many rows a sweep holds at once
 * @param triggersAreLost whether sweeps start by the schedule only
 * @param hasOutage whether the provider is out for everybody for a while
 * @param isTrickle whether bad requests come one a second, and good ones every three, instead of at once and every minute
 * @param seed when in its minute, or its second, each good request comes
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

    /** The same without bad requests. */
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
