package dev.darkroom.core.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.InMemorySubmissionGateStore;
import dev.darkroom.core.RecordingListener;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.SharedGate.Change;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Entry;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedGateTest {

    private static final Owner ACME = new Owner("acme");
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private final TestClock clock = new TestClock();
    private final InMemorySubmissionGateStore store = new InMemorySubmissionGateStore();

    @Test
    void aCallThatTheStoreDelaysDelaysNoOther() throws Exception {
        var gate = new SharedGate(new MeetingStore(store, 2), new RecordingListener(), _ -> {}, clock);
        Callable<SubmissionGate> read = gate::current;

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(List.of(read, read), MAX_WAIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(results).allSatisfy(result -> assertThat(result.get()).isEqualTo(SubmissionGate.UNUSED));
        }
    }

    @Test
    void whatOthersChangedWhileItWaitedIsReadBeforeItWritesAgain() {
        var other = new SharedGate(store, new RecordingListener(), _ -> {}, clock);
        var waits = new ArrayList<Integer>();
        var gate = new SharedGate(
                store,
                new RecordingListener(),
                refused -> {
                    waits.add(refused);
                    assertThat(refused).isLessThan(10);
                    other.updateLatest(this::enqueue);
                },
                clock);

        gate.current();
        other.updateLatest(this::enqueue);
        gate.update(before -> {
            if (waits.isEmpty()) {
                other.updateLatest(this::enqueue);
            }
            return enqueue(before);
        });

        assertThat(waits).containsExactly(1);
        assertThat(store.read().gate().queue().length()).isEqualTo(5);
    }

    @Test
    void aRequestThatJoinsTheQueueIsNotRefusedBecauseOfOthers() {
        var waits = new ArrayList<Integer>();
        var gate = new SharedGate(store, new RecordingListener(), waits::add, clock);
        var admission = new AdmissionControl(
                new ProviderId("wavespeed"),
                gate,
                new GenerationContext(new InMemoryGenerationStore(1), new RecordingListener(), _ -> {}, clock),
                CoreFixture.UNLIMITED);
        var other = new SharedGate(store, new RecordingListener(), _ -> {}, clock);
        other.updateLatest(this::enqueue);
        gate.current();
        store.beforeWrite(() -> {
            store.beforeWrite(() -> {});
            other.updateLatest(this::enqueue);
        });

        var entry = admission.enter(new Demand(ACME, "vendor/model", 1));

        assertThat(entry)
                .isInstanceOfSatisfying(
                        Entry.Queued.class, queued -> assertThat(queued.round()).isEqualTo(3));
        assertThat(store.writes()).isEqualTo(3);
        assertThat(waits).isEmpty();
    }

    private Change<Long> enqueue(SubmissionGate gate) {
        var queue = gate.queue().enqueue(ACME, clock.instant());
        return new Change.Replacement<>(queue.round(), gate.with(queue));
    }

    /** Answers a read only when {@code readers} threads read at once. */
    private static final class MeetingStore implements SubmissionGateStore {
        private final SubmissionGateStore store;
        private final CyclicBarrier barrier;

        MeetingStore(SubmissionGateStore store, int readers) {
            this.store = store;
            this.barrier = new CyclicBarrier(readers);
        }

        @Override
        public Stored read() {
            try {
                barrier.await(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new StoreUnavailableException("no other thread reads", e);
            }
            return store.read();
        }

        @Override
        public Write replace(Stored next) {
            return store.replace(next);
        }

        @Override
        public Write enqueue(Owner owner, long maxRound, Instant now) {
            return store.enqueue(owner, maxRound, now);
        }
    }
}
