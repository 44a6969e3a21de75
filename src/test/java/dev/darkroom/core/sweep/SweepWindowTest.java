package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which steps a sweep starts in its window, and what delays it. */
class SweepWindowTest {

    private final CoreFixture core = new CoreFixture();
    private final Instant start = core.clock.instant();

    @Test
    void noStepIsBegunThatWouldEndLongAfterTheWindow() throws InterruptedException {
        process(50);
        var begun = new ArrayList<Instant>();
        core.provider.beforeAnswering(() -> {
            begun.add(core.clock.instant());
            core.clock.advance(Duration.ofSeconds(20));
        });

        core.sweepFor(Duration.ofSeconds(65));

        assertThat(begun).hasSize(4).allMatch(at -> at.isBefore(start.plusSeconds(65)));
        assertThat(core.clock.instant()).isEqualTo(start.plusSeconds(80));
    }

    @Test
    void aListingThatTakesLongerThanTheWindowIsFollowedByNoStep() throws InterruptedException {
        process(5);
        core.store.showInIndex(rows -> {
            core.clock.advance(Duration.ofSeconds(15));
            return rows;
        });

        core.sweepFor(Duration.ofSeconds(20));

        assertThat(core.provider.polls()).isEmpty();
    }

    @Test
    void aSlowRowHoldsNoOther() throws InterruptedException {
        process(30);
        var slow = new HoldsTheFirstStep();
        var moving = core.new MovingWaiter();
        var finishedBefore = new ArrayList<Long>();
        var sweep = core.sweepOn(slow, new CompletionWaiter() {
            @Override
            public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) {
                var next = moving.await(queue, until.equals(Instant.MAX) ? core.clock.instant() : until);
                if (core.clock.instant().isAfter(start.plusSeconds(50))) {
                    finishedBefore.add(completed());
                    slow.release();
                }
                return next;
            }
        });

        sweep.sweep(List.of(new Shard(0)), List.of(), start.plusSeconds(60));

        assertThat(finishedBefore.getFirst()).isEqualTo(29);
        assertThat(completed()).isEqualTo(30);
    }

    @Test
    void pollingForAWholeWindowWritesNothingUntilItsEnd() throws InterruptedException {
        core.processing();
        int before = core.store.writes();
        var writes = new ArrayList<Integer>();
        core.provider.beforeAnswering(() -> {
            writes.add(core.store.writes());
            core.provider.willAnswerPoll(new PollOutcome.Running());
        });

        core.sweepFor(Duration.ofMinutes(4));

        assertThat(writes).hasSizeGreaterThan(30).containsOnly(before);
        // The only write is the new due time after the window.
        assertThat(core.store.writes()).isEqualTo(before + 1);
    }

    @Test
    void whatIsHeldIsNotListedEverySecond() throws InterruptedException {
        process(200);
        core.clock.advance(Duration.ofMinutes(1));
        var listed = new ArrayList<Integer>();
        core.store.showInIndex(rows -> {
            listed.add(rows.size());
            return rows;
        });
        core.provider.beforeAnswering(() -> core.provider.willAnswerPoll(new PollOutcome.Running()));

        core.sweepFor(Duration.ofMinutes(4));

        // The whole index is listed once a minute, and once at the end.
        assertThat(listed).hasSizeGreaterThan(200);
        assertThat(listed).filteredOn(size -> size > 1).hasSize(5);
    }

    @Test
    void aRowThatBecomesDueLateInTheWindowIsFoundInTime() throws InterruptedException {
        core.processing();
        var created = new ArrayList<Generation>();
        core.provider.beforeAnswering(() -> {
            core.provider.willAnswerPoll(new PollOutcome.Running());
            if (created.isEmpty() && core.clock.instant().isAfter(start.plusSeconds(100))) {
                core.provider.beforeAnswering(() -> {});
                created.add(core.processing());
            }
        });

        core.sweepFor(Duration.ofMinutes(4));

        assertThat(core.row(created.getFirst()).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.clock.instant()).isBefore(start.plusSeconds(120));
    }

    @Test
    void aTableThatIsThrottledAtFirstIsWaitedFor() throws InterruptedException {
        process(100);
        throttleUntil(start.plusSeconds(60), start);
        int before = core.store.calls();

        core.sweepFor(Duration.ofMinutes(4));

        assertThat(completed()).isEqualTo(100);
        // A dozen listings fail; after them each row is read and finished.
        assertThat(core.store.calls() - before).isLessThan(12 + 200 + 100);
    }

    @Test
    void aTableThatIsThrottledForAMinuteLosesNoRowAndIsNotOverrun() throws InterruptedException {
        process(100);
        core.provider.beforeAnswering(() -> {
            if (core.clock.instant().isBefore(start.plusSeconds(90))) {
                core.provider.willAnswerPoll(new PollOutcome.Running());
            }
        });
        throttleUntil(start.plusSeconds(80), start.plusSeconds(20));
        int before = core.store.calls();

        var report = core.sweepFor(Duration.ofMinutes(8));

        assertThat(completed()).isEqualTo(100);
        assertThat(report.finished()).isEqualTo(100);
        assertThat(core.store.calls() - before).isLessThan(8 * 60 + 1_000);
    }

    @Test
    void aTableThatIsThrottledWhenRowsEndIsWrittenToLessAndLessOften() throws InterruptedException {
        process(100);
        int[] refused = {0};
        core.store.beforeUpdate(_ -> {
            if (core.clock.instant().isBefore(start.plusSeconds(60))) {
                refused[0]++;
                throw new StoreUnavailableException("throttled", new IllegalStateException());
            }
        });

        var report = core.sweepFor(Duration.ofMinutes(4));

        assertThat(completed()).isEqualTo(100);
        // The writes are tried at 0, 5, 15 and 35 seconds.
        assertThat(refused[0]).isEqualTo(400);
        assertThat(report).isEqualTo(new SweepReport(500, 100, 400));
    }

    @Test
    void aTableThatDoesNotAnswerForAWholeWindowFailsTheSweep() {
        process(1);
        core.store.setUnavailable(true);

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> core.sweepFor(Duration.ofMinutes(4)));
        assertThat(core.store.calls()).isLessThan(60);
        assertThat(core.clock.instant()).isAfter(start.plus(Duration.ofMinutes(3)));
    }

    private void process(int rows) {
        IntStream.range(0, rows).forEach(_ -> core.processing());
    }

    private void throttleUntil(Instant end, Instant from) {
        core.store.setUnavailableWhile(() ->
                !core.clock.instant().isBefore(from) && core.clock.instant().isBefore(end));
    }

    private long completed() {
        return core.store.all().stream()
                .filter(row -> row.state().status() == Status.COMPLETED)
                .count();
    }

    /** Runs each task at once except for the first step, which runs when the test releases it. */
    private static final class HoldsTheFirstStep extends DirectExecutor {
        private final Queue<Runnable> held = new ArrayDeque<>();
        private boolean isHeld;

        @Override
        public void execute(Runnable command) {
            if (isHeld || command instanceof FutureTask<?>) {
                super.execute(command);
            } else {
                isHeld = true;
                held.add(command);
            }
        }

        void release() {
            for (var step = held.poll(); step != null; step = held.poll()) {
                step.run();
            }
        }
    }
}
