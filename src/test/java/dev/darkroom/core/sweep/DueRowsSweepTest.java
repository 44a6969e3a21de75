package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueRowsSweepTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);
    private static final Shard SHARD = new Shard(0);

    private final CoreFixture core = new CoreFixture();

    @Test
    void anIdleShardCostsNoWriteAndNoTime() throws InterruptedException {
        var start = core.clock.instant();

        var report = core.sweepFor(WINDOW);

        assertThat(report).isEqualTo(new SweepReport(0, 0, 0));
        assertThat(core.clock.instant()).isEqualTo(start);
        assertThat(core.leases.acquisitions()).isZero();
    }

    @Test
    void aRowIsPolledUntilItIsFinishedAndThenTheSweepEnds() throws InterruptedException {
        var start = core.clock.instant();
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.Running(), new PollOutcome.Running());

        var report = core.sweepFor(WINDOW);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(report).isEqualTo(new SweepReport(3, 1, 0));
        assertThat(core.clock.instant()).isEqualTo(start.plusMillis(4_400));
    }

    @Test
    void theOnlyWriteOfAPolledRowIsItsEnd() throws InterruptedException {
        core.submitted("a cat");
        int before = core.store.writes();
        core.provider.willAnswerPoll(
                Collections.nCopies(20, new PollOutcome.Running()).toArray(PollOutcome[]::new));

        core.sweepFor(WINDOW);

        assertThat(core.store.writes()).isEqualTo(before + 1);
    }

    @Test
    void aRowThatArrivesDuringASweepIsAdvancedByIt() throws InterruptedException {
        core.submitted("the first");
        core.provider.willAnswerPoll(new PollOutcome.Running(), new PollOutcome.Running());
        var once = new AtomicBoolean();
        core.provider.beforeAnswering(() -> {
            if (!once.getAndSet(true)) {
                core.submitted("the second");
            }
        });

        core.sweepFor(WINDOW);

        assertThat(core.store.all())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.state().status()).isEqualTo(Status.COMPLETED));
    }

    @Test
    void aSweepThatDoesNotGetTheLeaseEndsAtOnce() throws InterruptedException {
        var row = core.submitted("a cat");
        var now = core.clock.instant();
        core.leases.acquire(SHARD, "another sweep", now, now.plusSeconds(10));

        core.sweepFor(WINDOW);

        assertThat(core.provider.polls()).isEmpty();
        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void theLeaseIsFreeAfterASweep() throws InterruptedException {
        core.submitted("a cat");
        core.sweepFor(WINDOW);

        var now = core.clock.instant();
        assertThat(core.leases.acquire(SHARD, "another sweep", now, now.plusSeconds(10)))
                .isTrue();
    }

    @Test
    void aLongSweepProlongsItsLease() throws InterruptedException {
        core.submitted("a cat");
        core.provider.willAnswerPoll(
                Collections.nCopies(15, new PollOutcome.Running()).toArray(PollOutcome[]::new));
        core.provider.beforeAnswering(() -> {
            var now = core.clock.instant();
            assertThat(core.leases.acquire(SHARD, "another sweep", now, now.plusSeconds(10)))
                    .isFalse();
        });

        var report = core.sweepFor(WINDOW);

        assertThat(report.steps()).isEqualTo(16);
    }

    @Test
    void aRowThatIsNotFinishedInTheWindowGetsANewDueTime() throws InterruptedException {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(
                Collections.nCopies(10, new PollOutcome.Running()).toArray(PollOutcome[]::new));

        core.sweepFor(Duration.ofSeconds(5));

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.row(row).dueAt()).isEqualTo(row.createdAt().plusMillis(5_600));
    }

    @Test
    void aNewDueTimeIsNotReportedAsAStep() throws InterruptedException {
        core.submitted("a cat");
        var before = core.events.written();
        core.provider.willAnswerPoll(
                Collections.nCopies(10, new PollOutcome.Running()).toArray(PollOutcome[]::new));

        core.sweepFor(Duration.ofSeconds(5));

        assertThat(core.events.written()).isEqualTo(before);
    }

    @Test
    void onePoisonousRowNeverHoldsTheOthers() throws InterruptedException {
        var poisonous = core.submitted("poison");
        IntStream.range(0, 20).forEach(i -> core.submitted("cat " + i));
        core.provider.beforeAnswering(() -> {
            if (core.provider.polls().getLast().value().equals("prediction-1")) {
                throw new IllegalStateException("poison");
            }
        });

        var report = core.sweepFor(Duration.ofSeconds(30));

        assertThat(report.finished()).isEqualTo(20);
        assertThat(report.failures()).isPositive();
        assertThat(core.events.failedSteps()).containsOnly(poisonous.id());
        assertThat(core.row(poisonous).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aRowIsPolledSoonThoughItsSubmissionTookLongerThanTheFirstCheck() throws InterruptedException {
        var claimed = core.unsent("a cat");
        // The submit function stores the prediction's id while the sweep waits.
        core.store.beforeUpdate(_ -> {});
        core.store.showInIndex(rows -> {
            var now = core.clock.instant();
            if (now.isAfter(claimed.createdAt().plusSeconds(3))
                    && core.row(claimed).equals(claimed)) {
                core.store.update(claimed.submitted(new PredictionId("p"), now, now.plusSeconds(2)));
            }
            return rows;
        });

        core.sweepFor(WINDOW);

        assertThat(core.row(claimed).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.clock.instant()).isBefore(claimed.createdAt().plusSeconds(8));
    }

    @Test
    void aRowThatTheIndexDoesNotShowYetIsFoundThroughItsTrigger() throws InterruptedException {
        var row = core.submitted("a cat");
        core.store.showInIndex(_ -> List.of());
        var trigger = new DueRow(row.id(), Objects.requireNonNull(row.dueAt()));

        core.sweep.sweep(List.of(SHARD), List.of(trigger), core.clock.instant().plus(WINDOW));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anIndexThatDoesNotAnswerIsReportedAndDoesNotEndTheSweep() throws InterruptedException {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.Running());
        var looks = new AtomicInteger();
        core.store.showInIndex(rows -> {
            if (looks.incrementAndGet() == 2) {
                throw new StoreUnavailableException("throttled", new IllegalStateException());
            }
            return rows;
        });

        core.sweepFor(WINDOW);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.sweepErrors()).containsExactly(SHARD);
    }

    @Test
    void aRowThatIsDueForLongerThanAWindowIsReported() throws InterruptedException {
        core.unsent("a cat");
        core.clock.advance(Duration.ofMinutes(7));

        core.sweepFor(WINDOW);

        // The row was due two seconds after it was stored.
        assertThat(core.events.overdue()).containsExactly(Duration.ofMinutes(7).minusSeconds(2));
    }

    @Test
    void aSweepThatDoesNotGetTheLeaseReportsOverdueRowsToo() throws InterruptedException {
        core.unsent("a cat");
        core.clock.advance(Duration.ofMinutes(7));
        var now = core.clock.instant();
        core.leases.acquire(SHARD, "another sweep", now, now.plusSeconds(10));

        core.sweepFor(WINDOW);

        assertThat(core.events.overdue()).hasSize(1);
    }

    @Test
    void anOverdueRowIsReportedOnceAMinute() throws InterruptedException {
        core.submitted("a cat");
        core.clock.advance(Duration.ofMinutes(7));
        core.provider.willAnswerPoll(
                Collections.nCopies(10, new PollOutcome.Running()).toArray(PollOutcome[]::new));

        core.sweepFor(Duration.ofSeconds(150));

        assertThat(core.events.overdue()).hasSize(3);
    }

    @Test
    void workThatIsDueIsNotOverdue() throws InterruptedException {
        core.unsent("a cat");
        core.clock.advance(Duration.ofMinutes(5));

        core.sweepFor(WINDOW);

        assertThat(core.events.overdue()).isEmpty();
    }

    @Test
    void aSweepThatLostItsLeaseStops() throws InterruptedException {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(
                Collections.nCopies(100, new PollOutcome.Running()).toArray(PollOutcome[]::new));
        core.provider.beforeAnswering(() -> {
            // The lease was not prolonged before it expired, as when the function was frozen.
            core.clock.advance(Duration.ofSeconds(20));
            core.leases.acquire(
                    SHARD,
                    "another sweep",
                    core.clock.instant(),
                    core.clock.instant().plusSeconds(60));
        });

        var report = core.sweepFor(WINDOW);

        assertThat(report.steps()).isEqualTo(1);
        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void anErrorInAStepDoesNotHoldTheSweep() {
        core.submitted("a cat");
        core.provider.beforeAnswering(() -> {
            throw new AssertionError("no exception, an error");
        });

        assertThatThrownBy(() -> core.sweepFor(Duration.ofSeconds(30)))
                .hasStackTraceContaining("no exception, an error");
    }

    @Test
    void aClaimedRowIsNotPostponedBeyondTheWindow() throws InterruptedException {
        var row = core.unsent("a cat");

        core.sweepFor(Duration.ofSeconds(3));

        assertThat(core.row(row).dueAt()).isEqualTo(row.dueAt());
    }
}
