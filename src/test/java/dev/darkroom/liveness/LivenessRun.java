package dev.darkroom.liveness;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Settings;
import dev.darkroom.simulation.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Random;

/** A simulation with bad requests, all at the start or one a second, and good ones beside them. */
final class LivenessRun {

    /** A row that could not be polled is polled again within minutes, so it ends this much later at most. */
    private static final Duration SLACK = Duration.ofMinutes(20);

    private static final Duration OUTAGE = Duration.ofMinutes(30);
    private static final Duration OUTAGE_END = Duration.ofMinutes(33);
    private static final Duration GOOD_IN_A_TRICKLE = Duration.ofSeconds(3);
    private static final int ONE_A_SECOND = 60;

    private LivenessRun() {}

    /**
     * The figures of a run.
     *
     * @param ninetieth percentile of the time from a good request to its image
     * @param longest of these times
     * @param imageless the number of good requests without an image
     * @param endless the number of bad rows that have not ended
     */
    record Result(Duration ninetieth, Duration longest, int imageless, int endless) {}

    static Result of(Bad bad, Conditions conditions) {
        var settings = Settings.endingAfter(conditions.time()).holding(conditions.rowsOfASweep());
        var platform = new SimulatedPlatform(bad.isQueued() ? settings.limitedTo(ONE_A_SECOND) : settings, bad);
        if (conditions.triggersAreLost()) {
            platform.loseTriggers();
        }
        if (conditions.hasOutage()) {
            platform.providerIsOut(SimulatedClock.START.plus(OUTAGE), SimulatedClock.START.plus(OUTAGE_END));
        }
        for (int i = 0; i < conditions.rows(); i++) {
            var time = SimulatedClock.START.plusSeconds(conditions.isTrickle() ? i : 0);
            platform.submitAt(time, bad.model(), SlowProvider.BAD_PROMPT + i);
        }
        if (bad.isRemoved()) {
            // All are stored by then, and no sweep has read them.
            platform.removeBadModelAt(SimulatedClock.START.plusMillis(100));
        }
        var random = new Random(conditions.seed());
        for (int i = 1; i <= goodRequests(conditions); i++) {
            var time = conditions.isTrickle()
                    ? SimulatedClock.START
                            .plus(GOOD_IN_A_TRICKLE.multipliedBy(i))
                            .plusMillis(random.nextInt(1_000))
                    : SimulatedClock.START.plus(Duration.ofMinutes(i)).plusMillis(random.nextInt(60_000));
            platform.submitAt(time, FewModels.GOOD, time.toString());
        }
        return result(
                platform.runUntil(SimulatedClock.START.plus(conditions.time()).plus(SLACK)), conditions);
    }

    private static int goodRequests(Conditions conditions) {
        var every = conditions.isTrickle() ? GOOD_IN_A_TRICKLE : Duration.ofMinutes(1);
        return (int) conditions.time().dividedBy(every);
    }

    private static Result result(Collection<Generation> rows, Conditions conditions) {
        var times = rows.stream()
                .filter(row -> !isBad(row) && row.state() instanceof State.Completed)
                .map(row -> Duration.between(Instant.parse(row.request().input()), end(row)))
                .sorted()
                .toList();
        var endless = rows.stream()
                .filter(row -> isBad(row) && !row.state().status().isTerminal())
                .count();
        boolean none = times.isEmpty();
        return new Result(
                none ? conditions.time() : times.get(times.size() * 9 / 10),
                none ? conditions.time() : times.getLast(),
                goodRequests(conditions) - times.size(),
                (int) endless);
    }

    private static boolean isBad(Generation row) {
        return row.request().input().startsWith(SlowProvider.BAD_PROMPT);
    }

    private static Instant end(Generation row) {
        return ((State.Completed) row.state()).finishedAt();
    }
}
