package dev.darkroom.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.liveness.LivenessRun.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good requests get their images, and their tasks and receivers are told, as early beside bad requests as without them;
 * and bad rows end.
 */
class LivenessTest {

    private static final Duration TOLERATED = Duration.ofSeconds(10);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    private static final Duration MINUTES = Duration.ofMinutes(2);
    private static final Duration HOURS = Duration.ofHours(2);
    private static final double TOLERATED_RATIO = 1.5;
    private static final int SOME = 20;
    private static final int MANY = 50;
    private static final int MORE_THAN_RUN_AT_ONCE = 200;

    private static final Map<Baseline, Result> ALONE = new HashMap<>();

    /** A run under the same conditions without bad requests. */
    private record Baseline(boolean isLimited, Conditions conditions) {
        private Result run() {
            return LivenessRun.of(isLimited ? Bad.NOTHING.queued() : Bad.NOTHING, conditions);
        }
    }

    static List<Bad> bad() {
        return Bad.all();
    }

    /**
     * This many failures that look like an outage open the circuit, until each of these rows has been the probe: ADR
     * 11.
     */
    static List<Bad> badButNoOutage() {
        return Bad.all().stream().filter(bad -> !bad.looksLikeAnOutage()).toList();
    }

    @BeforeAll
    static void printHead() {
        System.out.println("| bad for good | rows | image: 90th percentile, s | longest, s | missing"
                + " | notification: 90th percentile, s | longest, s | missing"
                + " | webhook: 90th percentile, s | longest, s | missing | not ended |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void oneHoldsNoOther(Bad bad) {
        check(bad, Conditions.with(1, 1));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void someHoldNoOther(Bad bad) {
        check(bad, Conditions.with(SOME, 2));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void manyHoldNoOtherForHours(Bad bad) {
        check(bad, Conditions.with(MANY, 3).during(HOURS));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void manyHoldNoOtherThatTheScheduleFinds(Bad bad) {
        check(bad, Conditions.with(MANY, 5).withoutTriggers());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void manyHoldNoOtherAfterAnOutage(Bad bad) {
        // These bad requests open the circuits during the outage; the few good ones alone do not.
        boolean openCircuits = bad.isOfTheGoodModel() || bad.hasUnclearResults();
        check(bad, Conditions.with(MANY, 6).withOutage(), openCircuits ? MAX_PAUSE : TOLERATED, TOLERATED_RATIO);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void oneMoreEachSecondHoldsNoOther(Bad bad) {
        // A request waits among the requests for its model that are throttled.
        double tolerated = bad.isOfTheGoodModel() ? 2 : TOLERATED_RATIO;
        check(bad, Conditions.with(MANY, 8).during(MINUTES).trickling(), TOLERATED, tolerated);
    }

    @ParameterizedTest
    @MethodSource("badButNoOutage")
    void moreThanASweepHoldsHoldNoOther(Bad bad) {
        check(bad, Conditions.with(MANY, 4).holding(SOME));
    }

    /**
     * The bad rows occupy all places once, each for a whole step, and the queue is listed beyond its head only every
     * ten seconds.
     */
    @ParameterizedTest
    @MethodSource("badButNoOutage")
    void moreThanRunAtOnceHoldNoOtherForLong(Bad bad) {
        var tolerated = bad.isOfTheGoodModel() ? MAX_PAUSE : TOLERATED.multipliedBy(2);
        check(bad, Conditions.with(MORE_THAN_RUN_AT_ONCE, 7), tolerated, 2 * TOLERATED_RATIO);
    }

    private static void check(Bad bad, Conditions conditions) {
        check(bad, conditions, TOLERATED, TOLERATED_RATIO);
    }

    private static void check(Bad bad, Conditions conditions, Duration tolerated, double toleratedRatio) {
        var alone = ALONE.computeIfAbsent(new Baseline(bad.isQueued(), conditions.alone()), Baseline::run);
        var beside = LivenessRun.of(bad, conditions);
        print(bad, conditions, beside);
        check("image", alone.images(), beside.images(), tolerated, toleratedRatio);
        check("notification", alone.notifications(), beside.notifications(), tolerated, toleratedRatio);
        check("webhook", alone.webhooks(), beside.webhooks(), tolerated, toleratedRatio);
        assertThat(beside.notKept()).as("good images that are not kept").isZero();
        assertThat(bad.isReadable() ? beside.endless() : 0)
                .as("bad rows that have not ended")
                .isZero();
    }

    private static void check(String what, Times alone, Times beside, Duration tolerated, double toleratedRatio) {
        assertThat(beside.missing()).as("good requests without %s", what).isZero();
        assertThat(ratio(beside.ninetieth(), alone.ninetieth()))
                .as("%s after %s instead of %s", what, beside.ninetieth(), alone.ninetieth())
                .isLessThanOrEqualTo(toleratedRatio);
        assertThat(beside.longest())
                .as("longest time to the %s", what)
                .isLessThanOrEqualTo(alone.longest().plus(tolerated));
    }

    private static double ratio(Duration a, Duration b) {
        return (double) a.toMillis() / b.toMillis();
    }

    private static void print(Bad bad, Conditions conditions, Result result) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %d |%n",
                bad,
                conditions,
                columns(result.images()),
                columns(result.notifications()),
                columns(result.webhooks()),
                result.endless());
    }

    private static String columns(Times times) {
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %d",
                times.ninetieth().toMillis() / 1e3,
                times.longest().toMillis() / 1e3,
                times.missing());
    }
}
