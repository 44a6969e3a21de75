package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.StepSource.Next;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import dev.darkroom.domain.TestClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is wrong with one due row, or with thousands, holds up no other. */
class DueRowsFaultsTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final Core core = new Core();
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
        assertThat(core.events.pauses()).isEmpty();
    }

    @Test
    void aPollThatFailsAgainAndAgainIsRepeatedLessAndLessOften() throws InterruptedException {
        var bad = process(1);
        core.provider.answerPollsBy(_ -> Optional.of(new PollOutcome.Unclear("HTTP 500")));

        core.sweepFor(Duration.ofMinutes(3));

        // At 0, 5, 15, 35, 75 and 155 seconds.
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
        // It needs no provider, and stands behind all the others.
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
        // Each row once a minute at most: what is dropped is read again only then.
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
                new SweepContext(core.context, core.leases, limits, core.new MovingTimer(), new DirectExecutor()));
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
        // All that was listed for the first time was tried, although the room was taken.
        assertThat(waiting).hasSizeGreaterThan(100);
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
        return rows.stream().anyMatch(row -> row.isSubmittedAs(prediction));
    }

    private void assertCompleted(List<Generation> rows) {
        assertThat(rows)
                .allSatisfy(row -> assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED));
    }
}
