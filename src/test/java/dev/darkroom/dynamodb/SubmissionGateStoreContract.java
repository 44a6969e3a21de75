package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.circuit.Circuit;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.RateLimiter;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Write;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contract of the fake and of the real store. Each test begins with a gate that was never written. */
abstract class SubmissionGateStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final SubmissionGate GATE = new SubmissionGate(
            new RateLimiter(NOW),
            Map.of("vendor/model", new Circuit(0, 2, NOW, NOW.plusSeconds(2), NOW.plusSeconds(30))),
            new FairQueue(3, Map.of(new Owner("acme"), 5L, new Owner("umbrella"), 4L), 3, NOW));

    abstract SubmissionGateStore store();

    @Test
    void aGateThatWasNeverWrittenIsUnused() {
        assertThat(store().read()).isEqualTo(new Stored(SubmissionGate.UNUSED, 0));
    }

    @Test
    void whatIsWrittenIsReadBackAsItIs() {
        assertThat(store().replace(new Stored(GATE, 1))).isEqualTo(new Write.Done(new Stored(GATE, 1)));
        assertThat(store().read()).isEqualTo(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(SubmissionGate.UNUSED, 2)))
                .isEqualTo(new Write.Done(new Stored(SubmissionGate.UNUSED, 2)));
        assertThat(store().read()).isEqualTo(new Stored(SubmissionGate.UNUSED, 2));
    }

    @Test
    void theSecondWriterWritesNothingAndGetsWhatTheFirstWrote() {
        store().replace(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(SubmissionGate.UNUSED, 1)))
                .isEqualTo(new Write.Refused(new Stored(GATE, 1)));
        assertThat(store().read()).isEqualTo(new Stored(GATE, 1));
    }

    @Test
    void ofTwoWritersOfTheSameOnlyOneIsFirst() {
        store().replace(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(GATE, 1))).isEqualTo(new Write.Refused(new Stored(GATE, 1)));
    }

    @Test
    void anEnqueuedRequestWaitsInTheRoundAfterItsOwnersLast() {
        store().replace(new Stored(GATE, 1));

        var first = store().enqueue(new Owner("acme"), 6, LATER);
        var second = store().enqueue(new Owner("initech"), 4, LATER);

        var acme = new Stored(GATE.with(GATE.queue().enqueue(new Owner("acme"), LATER)), 2);
        var both = new Stored(acme.gate().with(acme.gate().queue().enqueue(new Owner("initech"), LATER)), 3);
        assertThat(first).isEqualTo(new Write.Done(acme));
        assertThat(second).isEqualTo(new Write.Done(both));
        assertThat(store().read()).isEqualTo(both);
    }

    @Test
    void anOwnerInTheLastAllowedRoundIsNotEnqueued() {
        store().replace(new Stored(GATE, 1));

        assertThat(store().enqueue(new Owner("acme"), 5, LATER)).isEqualTo(new Write.Refused(new Stored(GATE, 1)));
        assertThat(store().read()).isEqualTo(new Stored(GATE, 1));
    }

    @Test
    void nothingIsEnqueuedInAnEmptyQueue() {
        assertThat(store().enqueue(new Owner("acme"), 6, LATER))
                .isEqualTo(new Write.Refused(new Stored(SubmissionGate.UNUSED, 0)));

        var drained = new Stored(GATE.with(FairQueue.EMPTY), 1);
        store().replace(drained);
        assertThat(store().enqueue(new Owner("acme"), 6, LATER)).isEqualTo(new Write.Refused(drained));
    }

    @Test
    void requestsThatAreEnqueuedAtOnceEachGetTheirOwnRound() throws Exception {
        var acme = new Owner("acme");
        store().replace(new Stored(GATE, 1));

        var rounds = new HashSet<Long>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Write> enqueue = () -> store().enqueue(acme, Long.MAX_VALUE, LATER);
            for (var write : threads.invokeAll(Collections.nCopies(80, enqueue))) {
                var done = (Write.Done) write.get();
                rounds.add(done.after().gate().queue().lastRoundOf(acme));
            }
        }

        assertThat(rounds)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(6, 85).boxed().toList());
        assertThat(store().read().gate().queue().length()).isEqualTo(83);
    }

    /** The known limit may be older than the stored round. */
    @Test
    void anOwnerWithNoneWaitingMayAlwaysWait() {
        store().replace(new Stored(GATE, 1));

        var write = store().enqueue(new Owner("initech"), 2, LATER);

        assertThat(write).isInstanceOf(Write.Done.class);
        assertThat(store().read().gate().queue().lastRoundOf(new Owner("initech")))
                .isEqualTo(4);
    }

    @Test
    void aReplacementOfAnOlderVersionIsRefusedAfterAnEnqueueing() {
        store().replace(new Stored(GATE, 1));
        store().enqueue(new Owner("acme"), 6, LATER);

        assertThat(store().replace(new Stored(SubmissionGate.UNUSED, 2))).isInstanceOf(Write.Refused.class);
    }
}
