package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.step.StepResult;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.sweep.StepSource.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fault of one due row, or of thousands, delays no other. */
class DueRowsFaultsTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final CoreFixture core = new CoreFixture();
    private final Instant start = core.clock.instant();

    @Test
    void fiftyPredictionsWhosePollFailsForGoodDelayNoHealthyOne() throws InterruptedException {
        var bad = process(50);
        core.provider.answerPollsBy(
                id -> isOf(bad, id) ? Optional.of(new PollOutcome.Unclear("HTTP 500")) : Optional.empty());
        var healthy = core.processing();

        core.sweepFor(Duration.ofSeconds(30));

        assertThat(core.row(healthy).state())
                .isInstanceOfSatisfying(
                        State.Completed.class,
                        completed -> assertThat(completed.finishedAt()).isEqualTo(start));
        assertThat(core.events.openings()).isEmpty();
    }

    @Test
    void aPollThatFailsAgainAndAgainIsRepeatedLessAndLessOften() throws InterruptedException {
        var bad = process(1);
        core.provider.answerPollsBy(_ -> Optional.of(new PollOutcome.Unclear("HTTP 500")));

        core.sweepFor(Duration.ofMinutes(3));

        // It is polled after 0, 5, 15, 35, 75 and 155 seconds.
        assertThat(core.provider.polls()).hasSize(6);
        assertThat(core.row(bad.getFirst()).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void anEntryOfTheIndexThatCannotBeReadIsPassedOverAndReported() throws InterruptedException {
        var rows = process(10);
        core.store.makeIndexEntryUnreadable(rows.getFirst().id());

        core.sweepFor(WINDOW);

        assertCompleted(rows.subList(1, 10));
        assertThat(core.events.unreadableRows()).contains(rows.getFirst().id().value());
    }

    @Test
    void aRowThatCannotBeReadIsPassedOverAndReported() throws InterruptedException {
        var rows = process(10);
        core.store.damage(rows.getFirst().id());

        core.sweepFor(WINDOW);

        assertCompleted(rows.subList(1, 10));
        assertThat(core.events.unreadableRows()).contains(rows.getFirst().id().value());
    }

    @Test
    void moreRowsThanASweepHoldsAreAllReachedThoughTheProviderIsOut() throws InterruptedException {
        process(5_000);
        core.clock.advance(Duration.ofSeconds(30));
        // This row's next step does not call the provider, and the row comes last in the index.
        var lost = core.pending(TestClaims.claim("c", core.clock.instant().minusSeconds(31)));
        core.clock.advance(Duration.ofMinutes(1));
        var begun = core.clock.instant();
        core.provider.answerFreeCallsBy(() -> Optional.of(new PollOutcome.Unavailable(Duration.ofMinutes(10), "out")));
        var reachedAt = new Instant[1];
        core.store.beforeUpdate(next -> {
            if (next.id().equals(lost.id()) && reachedAt[0] == null) {
                reachedAt[0] = core.clock.instant();
            }
        });

        core.sweepFor(WINDOW);

        assertThat(core.row(lost).state()).isInstanceOf(State.Unconfirmed.class);
        assertThat(reachedAt[0]).isBefore(begun.plusSeconds(10));
        assertThat(core.leases.acquisitions()).isLessThan(60);
        // Each row is read once a minute at most, because a dropped row is listed again only then.
        assertThat(core.store.calls()).isLessThan(5 * 5_000);
    }

    @Test
    void moreRowsThanASweepHoldsAreAllFinishedWhenTheProviderIsBack() throws InterruptedException {
        var rows = process(5_000);
        core.provider.answerFreeCallsBy(() -> core.clock.instant().isBefore(start.plusSeconds(70))
                ? Optional.of(new PollOutcome.Unavailable(null, "out"))
                : Optional.empty());

        core.sweepFor(WINDOW);

        assertCompleted(rows);
    }

    @Test
    void noMoreRowsAreHeldThanTheLimitsAllowThoughTheProviderIsOutAndMoreBecomeDue() {
        core.provider.answerFreeCallsBy(() -> Optional.of(new PollOutcome.Unavailable(null, "out")));
        var limits = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 50);
        var sweep = new DueRowsSweep(
                new Shard(0),
                start.plus(WINDOW),
                List.of(),
                core.advance,
                new SweepContext(core.context, core.leases, limits, core.new MovingWaiter(), new DirectExecutor()));
        var waiting = new HashSet<GenerationId>();
        int most = 0;

        for (int second = 0; second < 120; second++) {
            process(20);
            sweep.discover();
            most = Math.max(most, sweep.size());
            while (sweep.next() instanceof Next.Start<Optional<StepResult>>(var id, var step)) {
                waiting.add(id);
                sweep.completed(id, Optional.of(step.get()));
            }
            core.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(most).isLessThanOrEqualTo(50);
        // Every row was tried when it was first listed, although the sweep held as many as it may.
        assertThat(waiting).hasSizeGreaterThan(100);
    }

    @Test
    void followUpsThatFailTakeAtMostHalfOfTheConcurrentSteps() {
        core.tasks.failNext(Integer.MAX_VALUE);
        IntStream.range(0, 20).forEach(i -> core.ended(new TaskToken("task-" + i)));
        var limits = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 50);
        var sweep = new DueRowsSweep(
                new Shard(0),
                start.plus(WINDOW),
                List.of(),
                core.advance,
                new SweepContext(core.context, core.leases, limits, core.new MovingWaiter(), new DirectExecutor()));
        sweep.discover();
        while (sweep.next() instanceof Next.Start<Optional<StepResult>>(var id, var step)) {
            sweep.completed(id, Optional.of(step.get()));
        }
        core.clock.advance(Duration.ofSeconds(10));

        int running = 0;
        while (sweep.next() instanceof Next.Start<Optional<StepResult>>) {
            running++;
        }

        assertThat(running).isEqualTo(4);
    }

    @Test
    void aSweepThatEndsWithItsWindowStartsItsSuccessor() throws InterruptedException {
        process(1);
        core.provider.answerPollsBy(_ -> Optional.of(new PollOutcome.Running()));

        core.sweepFor(Duration.ofSeconds(5));

        assertThat(core.successors).containsExactly(new Shard(0));
    }

    @Test
    void aSweepThatLeavesNothingStartsNone() throws InterruptedException {
        process(1);

        core.sweepFor(WINDOW);

        assertThat(core.successors).isEmpty();
    }

    private List<Generation> process(int rows) {
        return IntStream.range(0, rows).mapToObj(_ -> core.processing()).toList();
    }

    private static boolean isOf(List<Generation> rows, PredictionId prediction) {
        return rows.stream().anyMatch(row -> row.hasPrediction(prediction));
    }

    private void assertCompleted(List<Generation> rows) {
        assertThat(rows)
                .allSatisfy(row -> assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED));
    }
}
