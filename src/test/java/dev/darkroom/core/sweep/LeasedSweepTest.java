package dev.darkroom.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.waiting.CompletionWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeasedSweepTest {

    private final CoreFixture core = new CoreFixture();
    private final Queue<Runnable> running = new ArrayDeque<>();

    @Test
    void aCompletionThatFailsIsReportedAndTheOthersAreCompleted() throws InterruptedException {
        var source = new ThreeSteps(() -> "done", false);

        run(source);

        assertThat(source.completed).containsExactly(id(2), id(3));
        assertThat(core.events.failedSteps()).containsExactly(id(1));
    }

    /** One of its steps may copy an image for half a minute. */
    @Test
    void anOutgrownSourceIsHandedOverBeforeItsStepsHaveEnded() throws InterruptedException {
        var handedOver = new ArrayList<Boolean>();
        var source = new ThreeSteps(
                () -> {
                    handedOver.add(!core.handedOver.isEmpty());
                    return "done";
                },
                true);

        run(source);

        assertThat(handedOver).containsExactly(true, true, true);
        assertThat(core.handedOver).containsExactly(new Shard(0));
        assertThat(source.completed).containsExactly(id(2), id(3));
    }

    private void run(ThreeSteps source) throws InterruptedException {
        var context = new SweepContext(
                core.context,
                core.leases,
                new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 8, 8, 100),
                new TimerThatRunsSteps(),
                new DirectExecutor() {
                    @Override
                    public void execute(Runnable command) {
                        running.add(command);
                    }
                });
        new LeasedSweep<>(source, core.clock.instant().plusSeconds(10), "holder", context).run();
    }

    private static GenerationId id(int number) {
        return new GenerationId("%032x".formatted(number));
    }

    /** Lets all steps end before the first one is completed. */
    private final class TimerThatRunsSteps implements CompletionWaiter {
        private final CompletionWaiter moving = core.new MovingWaiter();

        @Override
        public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) throws InterruptedException {
            for (var step = running.poll(); step != null; step = running.poll()) {
                step.run();
            }
            return moving.await(queue, until);
        }
    }

    private static final class ThreeSteps implements StepSource<String> {
        private final List<GenerationId> completed = new ArrayList<>();
        private final Supplier<String> step;
        private final boolean isOutgrownByThem;
        private int started;

        private ThreeSteps(Supplier<String> step, boolean isOutgrownByThem) {
            this.step = step;
            this.isOutgrownByThem = isOutgrownByThem;
        }

        @Override
        public boolean isOutgrown() {
            return isOutgrownByThem && started == 3;
        }

        @Override
        public Shard partition() {
            return new Shard(0);
        }

        @Override
        public int concurrency() {
            return 3;
        }

        @Override
        public boolean hasWork() {
            return started == 0;
        }

        @Override
        public void discover() {}

        @Override
        public Next<String> next() {
            return started < 3 ? new Next.Start<>(id(++started), step) : new Next.Drained<>();
        }

        @Override
        public Effect completed(GenerationId id, Optional<String> result) {
            if (id.equals(id(1))) {
                throw new IllegalStateException("what it says is not understood");
            }
            completed.add(id);
            return Effect.FINISHED;
        }
    }
}
