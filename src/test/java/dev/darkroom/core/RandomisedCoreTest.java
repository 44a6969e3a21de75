package dev.darkroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the core's promises under random faults: processes die between any two calls, triggers overlap, store and
 * provider fail before or after the effect, and the clock jumps. A seed that fails becomes a test of its own.
 */
class RandomisedCoreTest {

    private static final int SEEDS = 200;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndNothingIsPaidForTwice(long seed) {
        var world = new SimulatedWorld(seed);

        world.live(150);
        world.comeToRest();

        assertThat(world.unfinished()).as("rows that never end").isEmpty();
        assertThat(world.rowsOfAPrediction())
                .as("rows that share a prediction")
                .allSatisfy((_, rows) -> assertThat(rows).hasSize(1));
        assertThat(world.predictionsOfAnInput())
                .as("paid calls of an input")
                .allSatisfy((input, predictions) -> assertThat(predictions).isLessThanOrEqualTo(world.rowsOf(input)));
        assertThat(world.lostPredictions()).as("predictions that no row has").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBudgetIsNeverOverspentAndCountsWhatTheRowsCost(long seed) {
        var world = new SimulatedWorld(seed);

        world.live(150);
        world.comeToRest();

        var charged = world.costOf(Cost.State.CHARGED);
        var committed = charged.plus(world.costOf(Cost.State.UNCONFIRMED));
        assertThat(world.hasOverspent()).isFalse();
        assertThat(world.costOf(Cost.State.HELD)).as("held for ever").isEqualTo(Money.ZERO);
        assertThat(world.use()).isEqualTo(new BudgetUse(committed, charged));
        assertThat(world.bill()).as("billed, but not counted").isLessThanOrEqualTo(committed);
    }

    /** Otherwise the seeds would say nothing about refusals. */
    @Test
    void manySeedsUseUpTheirBudget() {
        long full = seeds().limit(100)
                .filter(seed -> {
                    var world = new SimulatedWorld(seed);
                    world.live(150);
                    return world.isFull();
                })
                .count();

        assertThat(full).isGreaterThan(20);
    }

    /** Otherwise the seeds would say nothing about cancellations. */
    @Test
    void manySeedsHaveCancelledRequests() {
        long cancelled = seeds().limit(100)
                .filter(seed -> {
                    var world = new SimulatedWorld(seed);
                    world.live(150);
                    return !world.cancelled().isEmpty();
                })
                .count();

        assertThat(cancelled).isGreaterThan(20);
    }
}
