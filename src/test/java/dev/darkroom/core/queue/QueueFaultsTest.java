package dev.darkroom.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.RecordingListener.ObservedQueue;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.sweep.SweepLimits;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fault of one queued request delays no other. */
class QueueFaultsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How long the sweep may take to read the queue. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final Owner ACME = new Owner("acme");
    private static final RateLimits ONE_A_SECOND = new RateLimits(Optional.of(60), 20_000);

    private final CoreFixture core = new CoreFixture(CoreFixture.TIMEOUTS, ONE_A_SECOND);

    @Test
    void aRowThatCannotBeReadIsPassedOverReportedAndDoesNotStopTheQueue() throws InterruptedException {
        var rows = queued(10);
        core.store.damage(rows.get(0).id());

        core.sweepQueueFor(MINUTE);

        assertSubmitted(rows.subList(1, 10));
        assertThat(core.events.unreadableRows()).contains(rows.get(0).id().value());
    }

    @Test
    void anEntryOfTheIndexThatCannotBeReadIsPassedOverAndReported() throws InterruptedException {
        var rows = queued(10);
        core.store.makeIndexEntryUnreadable(rows.get(0).id());

        core.sweepQueueFor(MINUTE);

        assertSubmitted(rows.subList(1, 10));
        assertThat(core.events.unreadableRows()).contains(rows.get(0).id().value());
    }

    @Test
    void aThousandRowsThatCannotBeReadDoNotStopTheQueue() throws InterruptedException {
        var rows = queued(1_010);
        rows.subList(0, 1_000).forEach(row -> core.store.damage(row.id()));

        core.sweepQueueFor(MINUTE);

        assertSubmitted(rows.subList(1_000, 1_010));
    }

    @Test
    void aSubmissionThatEndsInAnExceptionDelaysNoOther() throws InterruptedException {
        var rows = queued(10);
        core.store.beforeUpdate(next -> {
            if (next.id().equals(rows.get(0).id())) {
                throw new StoreRefusedException("too large", new IllegalStateException());
            }
        });

        core.sweepQueueFor(MINUTE);

        assertSubmitted(rows.subList(1, 10));
        assertThat(core.events.failedSteps()).containsOnly(rows.get(0).id());
    }

    @Test
    void aProbeThatARepeatedRequestDidNotUseIsGivenBack() {
        var unlimited = new CoreFixture();
        CoreFixture.accepted(unlimited.submission("first", Optional.of("key")));
        unlimited.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        var refused = CoreFixture.accepted(unlimited.submission("refused", Optional.empty()));
        unlimited.store.update(refused.failed(new Failure("code", "text"), unlimited.clock.instant()));
        unlimited.clock.advance(Duration.ofSeconds(10));
        unlimited.admission.drained();
        // The circuit lets it through as its probe, and then the row turns out to exist already.
        CoreFixture.accepted(unlimited.submission("first", Optional.of("key")));

        var next = CoreFixture.accepted(unlimited.submission("next", Optional.empty()));

        assertThat(next.state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void rowsWhoseModelIsGoneEndAndTheNextIsSubmittedAtOnce() throws InterruptedException {
        var gone = new GenerationRequest(new ModelId("gone/model"), new ProviderId("wavespeed"), "{}");
        IntStream.range(0, 50)
                .forEach(i -> core.store.create(
                        Generation.queued(new GenerationId(core.unique()), ACME, gone, core.clock.instant(), 1 + i)));
        var healthy = row("healthy", 100);
        var start = core.clock.instant();

        core.sweepQueueFor(Duration.ofSeconds(5));

        assertSubmitted(List.of(healthy));
        assertThat(core.clock.instant()).isBefore(start.plusSeconds(6));
        assertThat(core.store.all().stream().filter(row -> row.state().status() == Status.FAILED))
                .hasSize(50);
    }

    @Test
    void submissionsHaveAConcurrencyOfTheirOwn() throws InterruptedException {
        var unlimited = new CoreFixture();
        var limits = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 1, 64, 2_000);
        var held = new HeldExecutor();
        IntStream.range(0, 100)
                .forEach(i -> unlimited.store.create(Generation.queued(
                        new GenerationId(unlimited.unique()),
                        ACME,
                        new GenerationRequest(
                                new ModelId(CoreFixture.MODEL),
                                new ProviderId("wavespeed"),
                                "{\"prompt\":\"cat %d\"}".formatted(i)),
                        unlimited.clock.instant(),
                        1 + i)));
        var sweep = unlimited.sweepOn(held, held.timer(unlimited), limits);

        sweep.sweep(
                List.of(new Queue(CoreFixture.PROVIDER)),
                List.of(),
                unlimited.clock.instant().plus(MINUTE));

        assertThat(held.most()).isEqualTo(64);
    }

    @Test
    void theDepthAndTheAgeOfTheQueueAreReportedAboutOnceAMinute() throws InterruptedException {
        IntStream.range(0, 1_001).forEach(i -> core.submission("cat %d".formatted(i), Optional.empty()));

        core.sweepQueueFor(Duration.ofSeconds(150));

        var observed = core.events.observedQueues();
        assertThat(observed)
                .extracting(ObservedQueue::length)
                .hasSize(3)
                .first()
                .isEqualTo(1_000);
        assertThat(observed)
                .extracting(ObservedQueue::oldest)
                .satisfiesExactly(
                        first -> assertThat(first).isBetween(Duration.ZERO, SOON),
                        second -> assertThat(second).isBetween(MINUTE, MINUTE.plus(SOON)),
                        third -> assertThat(third)
                                .isBetween(
                                        MINUTE.multipliedBy(2),
                                        MINUTE.multipliedBy(2).plus(SOON)));
    }

    @Test
    void theAgeOfTheQueueIsThatOfItsOldestRequest() throws InterruptedException {
        var slow = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(1), 20_000));
        CoreFixture.accepted(slow.submission("at once", Optional.empty()));
        slow.clock.advance(Duration.ofSeconds(5));
        CoreFixture.accepted(slow.submission("oldest", Optional.empty()));
        var waits = Duration.ofSeconds(40);
        slow.clock.advance(waits);
        CoreFixture.accepted(slow.submission("youngest", Optional.empty()));

        slow.sweepQueueFor(Duration.ofSeconds(3));

        assertThat(slow.events.observedQueues()).singleElement().satisfies(queue -> {
            assertThat(queue.provider()).isEqualTo(CoreFixture.PROVIDER);
            assertThat(queue.length()).isEqualTo(2);
            assertThat(queue.oldest()).isBetween(waits, waits.plus(SOON));
        });
    }

    @Test
    void aDequeueThatFindsTheRowMovedOnGivesItsShareBack() throws InterruptedException {
        var rows = queued(2);
        core.store.beforeUpdate(next -> {
            core.store.beforeUpdate(_ -> {});
            // An operator ends the row before the sweep claims it.
            core.store.update(rows.get(0).failed(new Failure("code", "text"), core.clock.instant()));
        });
        var start = core.clock.instant();

        core.sweepQueueFor(MINUTE);

        assertSubmitted(rows.subList(1, 2));
        assertThat(((State.Processing) core.row(rows.get(1)).state()).submittedAt())
                .isEqualTo(start.plusSeconds(1));
    }

    @Test
    void anOwnerWhoseGateIsNotReachedIsAnsweredWithTheIdOfTheStoredRow() {
        CoreFixture.accepted(core.submission("a cat", Optional.of("key")));
        core.clock.advance(MINUTE);
        core.gates.beforeWrite(() -> core.gates.beforeWrite(() -> {
            throw new StoreUnavailableException("throttled", new IllegalStateException());
        }));

        assertThat(core.submission("a cat", Optional.of("key"))).isInstanceOf(SubmitGeneration.Submission.Stored.class);
    }

    @Test
    void nothingIsAdmittedBeyondItsShareByTwoThatAskAtOnce() {
        var demand = new Demand(ACME, CoreFixture.MODEL, 1);

        core.admission.enter(demand);

        assertThat(core.admission.tryDequeue(demand, 1, 0))
                .isEqualTo(new Dequeue.RateLimited(core.clock.instant().plusSeconds(1)));
    }

    private List<Generation> queued(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row("cat %d".formatted(i), 1 + i))
                .toList();
    }

    private Generation row(String prompt, long round) {
        var request = new GenerationRequest(
                new ModelId(CoreFixture.MODEL), new ProviderId("wavespeed"), "{\"prompt\":\"%s\"}".formatted(prompt));
        var row = Generation.queued(new GenerationId(core.unique()), ACME, request, core.clock.instant(), round);
        core.store.create(row);
        return row;
    }

    private void assertSubmitted(List<Generation> rows) {
        assertThat(rows)
                .allSatisfy(row -> assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING));
    }

    /** Runs submissions only while the sweep waits. */
    private static final class HeldExecutor extends DirectExecutor {
        private final ArrayDeque<Runnable> held = new ArrayDeque<>();
        private int most;

        @Override
        public void execute(Runnable command) {
            if (command instanceof FutureTask<?>) {
                command.run();
            } else {
                held.add(command);
                most = Math.max(most, held.size());
            }
        }

        CompletionWaiter timer(CoreFixture core) {
            var moving = core.new MovingWaiter();
            return new CompletionWaiter() {
                @Override
                public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) {
                    for (var step = held.poll(); step != null; step = held.poll()) {
                        step.run();
                    }
                    return moving.await(queue, until.equals(Instant.MAX) ? core.clock.instant() : until);
                }
            };
        }

        int most() {
            return most;
        }
    }
}
