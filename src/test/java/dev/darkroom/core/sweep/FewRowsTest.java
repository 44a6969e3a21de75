package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweep of the function for few rows: what it hands over, and how late an image is seen. */
class FewRowsTest {

    private static final SweepLimits FEW =
            new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 5, true);

    private static final Duration LATEST = Duration.ofMillis(1_500);
    private static final Duration QUESTION = Duration.ofMillis(100);

    private final CoreFixture core = new CoreFixture();
    private final Sweep few = core.sweepOn(new DirectExecutor(), core.new MovingWaiter(), FEW);

    @Test
    void fewRowsAreSweptToTheirEnd() throws InterruptedException {
        process(4);

        sweep(Duration.ofMinutes(1));

        assertThat(core.store.all()).allMatch(row -> row.state().status() == Status.COMPLETED);
        assertThat(core.handedOver).isEmpty();
    }

    @Test
    void moreRowsAreHandedOverBeforeAnyIsPolled() throws InterruptedException {
        process(5);
        var start = core.clock.instant();

        sweep(Duration.ofMinutes(1));

        assertThat(core.handedOver).containsExactly(new Shard(0));
        assertThat(core.provider.polls()).isEmpty();
        assertThat(core.clock.instant()).isEqualTo(start);
    }

    @Test
    void aFifthRowThatComesLaterIsHandedOverAndTheLeaseIsFree() throws InterruptedException {
        process(4);
        neverReady();
        var start = core.clock.instant();
        core.everySecond(() -> {
            if (core.store.all().size() == 4 && core.clock.instant().isAfter(start.plusSeconds(10))) {
                core.processing();
            }
        });

        sweep(Duration.ofMinutes(3));

        assertThat(core.handedOver).containsExactly(new Shard(0));
        assertThat(core.clock.instant()).isBefore(start.plusSeconds(15));
        assertThat(core.leases.acquire(
                        new Shard(0),
                        "the larger function",
                        core.clock.instant(),
                        core.clock.instant().plusSeconds(15)))
                .isTrue();
    }

    @Test
    void theLargerFunctionFindsEachRowOnce() throws InterruptedException {
        process(12);

        sweep(Duration.ofMinutes(1));
        core.sweepFor(Duration.ofMinutes(1));

        assertThat(core.store.all()).allMatch(row -> row.state().status() == Status.COMPLETED);
        assertThat(core.provider.polls()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void aSweepThatHoldsTheLeaseIsNotDisturbed() throws InterruptedException {
        process(12);
        core.leases.acquire(
                new Shard(0),
                "the larger function",
                core.clock.instant(),
                core.clock.instant().plusSeconds(15));

        sweep(Duration.ofMinutes(1));

        assertThat(core.handedOver).isEmpty();
        assertThat(core.provider.polls()).isEmpty();
    }

    @Test
    void aWindowThatEndsIsFollowedByTheSameFunction() throws InterruptedException {
        process(1);
        neverReady();

        sweep(Duration.ofSeconds(10));

        assertThat(core.successors).containsExactly(new Shard(0));
        assertThat(core.handedOver).isEmpty();
    }

    /** One at a time, and as many at once as this function takes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anImageIsSeenWithinOneAndAHalfSecondsOfItsEnd(int atOnce) throws InterruptedException {
        var random = new Random(1);
        var late = new ArrayList<Duration>();

        for (int i = 0; i < 400 / atOnce; i++) {
            // From 5 to 15 s, as Imagen 4 takes.
            late.addAll(lateness(atOnce, 5_000 + random.nextInt(10_000)));
        }

        var sorted = late.stream().sorted().toList();
        assertThat(sorted).hasSize(400);
        assertThat(sorted.get(sorted.size() * 95 / 100)).isLessThanOrEqualTo(LATEST);
        assertThat(core.handedOver).isEmpty();
    }

    private List<Duration> lateness(int rows, int millis) throws InterruptedException {
        var ready = core.clock.instant().plusMillis(millis);
        var processing =
                IntStream.range(0, rows).mapToObj(_ -> core.processing()).toList();
        // The calls for several rows run beside each other: together they take as long as one.
        core.provider.beforeAnswering(() -> {
            if (core.clock.instant().isBefore(ready)) {
                core.provider.willAnswerPoll(new PollOutcome.Running());
            }
            core.clock.advance(QUESTION.dividedBy(rows));
        });
        sweep(Duration.ofMinutes(2));
        return processing.stream()
                .map(row -> Duration.between(ready, finishedAt(core.row(row))))
                .toList();
    }

    private static Instant finishedAt(Generation row) {
        return ((State.Completed) row.state()).finishedAt();
    }

    private void neverReady() {
        core.provider.beforeAnswering(() -> core.provider.willAnswerPoll(new PollOutcome.Running()));
    }

    private void process(int rows) {
        IntStream.range(0, rows).forEach(_ -> core.processing());
    }

    private void sweep(Duration window) throws InterruptedException {
        few.sweep(List.of(new Shard(0)), List.of(), core.clock.instant().plus(window));
    }
}
