package dev.darkroom.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue fills because callers ask for more than the provider accepts, or because the provider throttles. */
class QueueSweepTest {

    private static final RateLimits SIXTY_A_MINUTE = new RateLimits(Optional.of(60), 1_000);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Owner ACME = new Owner("acme");
    private static final Owner UMBRELLA = new Owner("umbrella");

    private final List<Instant> submittedAt = new ArrayList<>();

    @Test
    void aThousandRequestsDrainInOrderAtTheRateLimit() throws InterruptedException {
        var core = core(SIXTY_A_MINUTE);
        var start = core.clock.instant();
        var rows = IntStream.range(0, 1_000)
                .mapToObj(i -> accepted(core, ACME, "cat %d".formatted(i)))
                .toList();

        drain(core, 17);

        assertThat(prompts(core))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj("cat %d"::formatted).toList());
        assertThat(submittedAt).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(submittedAt.get(i))
                    .isAfterOrEqualTo(start.plusSeconds(i))
                    .isBefore(start.plusSeconds(i + 5));
        }
        assertThat(rows)
                .allSatisfy(row -> assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING));
    }

    @Test
    void aRequestForSeveralImagesTakesAsManyShares() throws InterruptedException {
        var core = core(SIXTY_A_MINUTE);
        var start = core.clock.instant();
        accepted(core, ACME, "three\", \"num_images\": 3, \"negative_prompt\": \"none");
        accepted(core, ACME, "next");

        drain(core, 1);

        assertThat(submittedAt).containsExactly(start, start.plusSeconds(3));
    }

    @Test
    void eachOwnerGetsOneRequestOfEachRound() throws InterruptedException {
        var core = core(SIXTY_A_MINUTE);
        IntStream.range(0, 10).forEach(i -> accepted(core, ACME, "cat %d".formatted(i)));
        IntStream.range(0, 3).forEach(i -> accepted(core, UMBRELLA, "dog %d".formatted(i)));

        drain(core, 1);

        assertThat(prompts(core).indexOf("dog 0")).isLessThanOrEqualTo(2);
        assertThat(prompts(core).indexOf("dog 2")).isLessThanOrEqualTo(6);
        assertThat(prompts(core).stream().filter(prompt -> prompt.startsWith("cat")))
                .isSorted();
    }

    @Test
    void aQueuedRequestHasAPositionAndAnEstimatedStart() {
        var core = core(SIXTY_A_MINUTE);
        var start = core.clock.instant();
        accepted(core, ACME, "at once");
        accepted(core, ACME, "first");
        accepted(core, ACME, "third");

        var submission = core.submission(UMBRELLA, "second", Optional.empty());

        assertThat(submission)
                .isInstanceOfSatisfying(
                        Submission.Stored.class,
                        accepted -> assertThat(accepted.position())
                                .contains(new QueuePosition(2, Optional.of(start.plusSeconds(2)))));
    }

    @Test
    void anOwnerWithTooManyQueuedIsRefusedAndNothingIsStored() {
        var core = core(new RateLimits(Optional.of(60), 2));
        for (int i = 0; i < 3; i++) {
            accepted(core, ACME, "cat %d".formatted(i));
        }

        var refused = core.submission(ACME, "one too many", Optional.of("key"));

        assertThat(refused).isInstanceOf(Submission.QueueFull.class);
        assertThat(core.store.all()).hasSize(3);
        assertThat(core.submission(UMBRELLA, "a dog", Optional.empty())).isInstanceOf(Submission.Stored.class);
    }

    @Test
    void aRepeatedRequestIsAcceptedThoughTheQueueIsFull() {
        var core = core(new RateLimits(Optional.of(60), 1));
        accepted(core, ACME, "at once");
        var first = CoreFixture.accepted(core.submission(ACME, "a cat", Optional.of("key")));

        assertThat(CoreFixture.accepted(core.submission(ACME, "a cat", Optional.of("key"))))
                .isEqualTo(first);
    }

    @Test
    void aRepeatedRequestDoesNotCountAgainstTheRateLimit() {
        var core = core(SIXTY_A_MINUTE);
        core.submission(ACME, "a cat", Optional.of("key"));
        core.clock.advance(Duration.ofSeconds(1));
        core.submission(ACME, "a cat", Optional.of("key"));

        var next = accepted(core, ACME, "another");

        assertThat(next.state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aRefusalSlowsAllRequestsForItsModel() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofSeconds(7), "429"));
        var refused = accepted(core, ACME, "refused");
        var next = accepted(core, UMBRELLA, "next");
        assertThat(refused.state().status()).isEqualTo(Status.QUEUED);
        assertThat(next.state().status()).isEqualTo(Status.QUEUED);

        drain(core, 1);

        // A row that was throttled is not the probe while another row waits.
        assertThat(prompts(core)).containsExactly("refused", "next", "refused");
        assertThat(submittedAt.subList(1, 3)).allSatisfy(at -> assertThat(at).isAfterOrEqualTo(start.plusSeconds(7)));
        assertThat(accepted(core, ACME, "afterwards").state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void afterARefusalOneSubmissionASecondIsSent() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();
        for (int i = 0; i < 4; i++) {
            core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "connection refused"));
        }
        IntStream.range(0, 50).forEach(i -> accepted(core, ACME, "cat %02d".formatted(i)));

        drain(core, 1);

        assertThat(prompts(core).subList(0, 6))
                .containsExactly("cat 00", "cat 01", "cat 02", "cat 03", "cat 04", "cat 00");
        assertThat(submittedAt.subList(0, 5))
                .containsExactly(
                        start, start.plusSeconds(1), start.plusSeconds(2), start.plusSeconds(3), start.plusSeconds(4));
        assertThat(prompts(core)).hasSize(54);
    }

    @Test
    void whileAllAreRefusedThePausesBetweenSubmissionsGrow() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();
        for (int i = 0; i < 1_000; i++) {
            core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        }
        IntStream.range(0, 50).forEach(i -> accepted(core, ACME, "cat %02d".formatted(i)));

        drain(core, 10);

        // Thirty submissions follow each pause of 1, 2, 4, 8 and 16 seconds.
        assertThat(submittedAt)
                .filteredOn(at -> at.isBefore(start.plusSeconds(60)))
                .hasSizeBetween(40, 46);
        assertThat(submittedAt)
                .filteredOn(at -> at.isBefore(start.plusSeconds(600)))
                .hasSizeBetween(110, 130);
    }

    @Test
    void promptsThatAreRefusedForGoodHoldOthersOfTheirModelForSecondsOnly() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();
        for (int i = 0; i < 20; i++) {
            core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofSeconds(1), "429"));
        }
        IntStream.range(0, 20).forEach(i -> accepted(core, ACME, "refused " + i));
        accepted(core, ACME, "next");

        drain(core, 1);

        assertThat(submittedAt.get(prompts(core).indexOf("next"))).isBetween(start, start.plusSeconds(21));
    }

    @Test
    void requestsThatWereOnTheirWayWhenTheFirstWasRefusedMakeItNoWorse() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        // A second submission is sent and throttled while the first one has no answer yet.
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> core.clock.advance(Duration.ofMillis(1)));
            core.clock.advance(Duration.ofMillis(1));
            accepted(core, UMBRELLA, "second");
        });
        accepted(core, ACME, "first");
        record(core);

        drain(core, 1);

        assertThat(submittedAt).hasSize(2).first().isEqualTo(start.plusMillis(1_002));
    }

    @Test
    void aSuccessThatWasOnItsWayDoesNotEndThePause() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofMinutes(1), "429"));
        // The first submission is throttled while the second one has no answer yet.
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> {});
            core.clock.advance(Duration.ofMillis(1));
            accepted(core, UMBRELLA, "refused");
        });
        accepted(core, ACME, "on its way");
        var refusedAt = core.clock.instant();
        record(core);

        accepted(core, ACME, "next");
        drain(core, 2);

        assertThat(submittedAt)
                .hasSize(2)
                .allSatisfy(at -> assertThat(at).isAfterOrEqualTo(refusedAt.plus(Duration.ofMinutes(1))));
    }

    @Test
    void aRejectedSubmissionEndsThePauseToo() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        IntStream.range(0, 9).forEach(i -> accepted(core, ACME, "cat %d".formatted(i)));
        for (int i = 0; i < 9; i++) {
            core.provider.willAnswerSubmit(new SubmitOutcome.Rejected(new Failure("provider_rejected", "text")));
        }

        core.sweepQueueFor(Duration.ofSeconds(10));

        assertThat(core.provider.submissions()).hasSize(10);
    }

    @Test
    void anUnknownOutcomeDoesNotProlongThePause() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        IntStream.range(0, 4).forEach(i -> accepted(core, ACME, "cat %d".formatted(i)));
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));

        core.sweepQueueFor(Duration.ofSeconds(10));

        assertThat(core.provider.submissions()).hasSize(5);
    }

    @Test
    void underSteadyLoadTheQueueEndsAndRequestsAreSubmittedAtOnceAgain() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofSeconds(2), "429"));
        accepted(core, ACME, "refused");
        var arrivals = new AtomicInteger();
        // Two requests arrive each second.
        core.everySecond(() -> {
            accepted(core, ACME, "cat %d".formatted(arrivals.incrementAndGet()));
            accepted(core, UMBRELLA, "dog %d".formatted(arrivals.get()));
        });

        core.sweepQueueFor(Duration.ofSeconds(20));

        assertThat(arrivals.get()).isBetween(1, 12);
        assertThat(accepted(core, ACME, "afterwards").state().status()).isEqualTo(Status.PROCESSING);
        assertThat(prompts(core)).hasSize(2 * arrivals.get() + 3);
    }

    @Test
    void aThrottledPollDelaysNoSubmission() {
        var core = core(CoreFixture.UNLIMITED);
        var row = accepted(core, ACME, "a cat");
        core.provider.willAnswerPoll(new PollOutcome.Unavailable(Duration.ofMinutes(15), "429"));
        core.advance.advance(row);

        assertThat(accepted(core, ACME, "next").state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aRequestThatIsRepeatedWhileItWaitsIsCountedOnce() {
        var core = core(new RateLimits(Optional.of(1), 2));
        accepted(core, ACME, "at once");
        for (int i = 0; i < 5; i++) {
            core.submission(ACME, "a cat", Optional.of("key"));
        }

        assertThat(core.submission(ACME, "another", Optional.empty()))
                .isInstanceOfSatisfying(
                        Submission.Stored.class,
                        accepted -> assertThat(accepted.position().orElseThrow().position())
                                .isEqualTo(2));
    }

    @Test
    void aRowRefusedWhileItsShardIsSweptIsSweptAfterItsSubmission() throws InterruptedException {
        var core = new CoreFixture();
        accepted(core, ACME, "keeps the sweep at work");
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        var row = accepted(core, ACME, "refused");
        core.provider.willAnswerPoll(
                Collections.nCopies(20, new PollOutcome.Running()).toArray(PollOutcome[]::new));
        core.store.showInIndex(rows -> {
            // Meanwhile the sweep of the queue submits the row.
            if (core.clock.instant().isAfter(row.createdAt().plusSeconds(20))) {
                core.store.showInIndex(UnaryOperator.identity());
                core.submitWaiting(row);
            }
            return rows;
        });

        core.sweep.sweep(
                List.of(new Shard(0)),
                List.of(new DueRow(row.id(), row.createdAt().plusSeconds(2))),
                core.clock.instant().plus(MINUTE));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aStoredRequestIsAcceptedThoughItsPositionIsUnknown() {
        var core = core(SIXTY_A_MINUTE);
        accepted(core, ACME, "at once");
        core.store.beforeCreate(() -> {
            core.clock.advance(Duration.ofSeconds(2));
            core.gates.setUnavailable(true);
        });

        assertThat(core.submission(ACME, "a cat", Optional.empty()))
                .isInstanceOfSatisfying(
                        Submission.Stored.class,
                        accepted -> assertThat(accepted.position()).isEmpty());
    }

    @Test
    void aClaimThatWasWrittenThoughTheTableDidNotSaySoIsUsed() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.stored("a cat");
        core.store.beforeUpdate(next -> {
            core.store.beforeUpdate(_ -> {});
            core.store.update(next);
            throw new StoreUnavailableException("its answer is lost", new IllegalStateException());
        });

        core.sweepQueueFor(MINUTE);

        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void whatIsQueuedForADayEndsHoweverLongTheQueueIs() throws InterruptedException {
        var core = core(new RateLimits(Optional.of(1), 1_000));
        var rows = IntStream.range(0, 500)
                .mapToObj(i -> accepted(core, ACME, "cat %d".formatted(i)))
                .toList();

        core.clock.advance(Duration.ofHours(24));
        core.sweepQueueFor(MINUTE);

        assertThat(rows.subList(1, 500))
                .allSatisfy(row -> assertThat(core.row(row).state())
                        .isInstanceOfSatisfying(
                                State.Failed.class,
                                failed -> assertThat(failed.failure()).isEqualTo(Failure.NEVER_SUBMITTED)));
        assertThat(accepted(core, ACME, "next").state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aRowThatTheProviderRefusesForADayFails() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofHours(24), "429"));
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "429"));
        var row = accepted(core, ACME, "a cat");

        core.clock.advance(Duration.ofHours(24));
        drain(core, 1);

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.NEVER_SUBMITTED));
    }

    @Test
    void aRefusalWhoseWriteWasRepeatedDoesNotTakeTheNextClaimAway() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, ""));
        // The write of the throttled outcome succeeds, but its answer is lost. Before it is retried, another process
        // claims the row.
        core.store.beforeUpdate(next -> {
            if (next.state() instanceof State.Queued) {
                core.store.beforeUpdate(_ -> {});
                core.store.update(next);
                core.store.update(next.claimed(
                        TestClaims.claim("of another", core.clock.instant()),
                        core.clock.instant().plusSeconds(2)));
            }
        });

        var row = accepted(core, ACME, "a cat");

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Submitting.class,
                        submitting -> assertThat(submitting.attempt().claim()).isEqualTo("of another"));
    }

    @Test
    void withoutALimitNothingIsCountedOrWritten() {
        var core = core(CoreFixture.UNLIMITED);
        core.gates.beforeWrite(() -> {
            throw new AssertionError("the gate was written");
        });

        assertThat(accepted(core, ACME, "a cat").state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void twoProcessesNeverTakeTheSameShare() {
        var core = core(SIXTY_A_MINUTE);
        var other = new AdmissionControl(
                CoreFixture.PROVIDER,
                new SharedGate(core.gates, core.events, _ -> {}, core.clock),
                core.context,
                SIXTY_A_MINUTE);
        // Both have cached the unused gate.
        core.admission.positionOf(core.stored("a cat"));
        core.gates.beforeWrite(() -> {
            core.gates.beforeWrite(() -> {});
            other.enter(new Demand(ACME, CoreFixture.MODEL, 1));
        });

        assertThat(accepted(core, ACME, "a cat").state().status()).isEqualTo(Status.QUEUED);
    }

    @Test
    void aRowQueuedByAnOperatorIsFoundWithoutATrigger() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        core.stored("a cat");

        core.sweepQueueFor(MINUTE);

        assertThat(core.store.all())
                .singleElement()
                .satisfies(row -> assertThat(row.state().status()).isEqualTo(Status.PROCESSING));
        assertThat(core.triggers).hasSize(1);
    }

    @Test
    void aModelThatLeftTheCatalogueFailsTheRowAndIsNotPaidFor() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var request = new GenerationRequest(new ModelId("gone/model"), new ProviderId("wavespeed"), "{}");
        var row = Generation.queued(new GenerationId(core.unique()), ACME, request, core.clock.instant(), 1);
        core.store.create(row);

        drain(core, 1);

        assertThat(core.row(row).state().status()).isEqualTo(Status.FAILED);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void tasksOfRowsThatWaitGetHeartbeats() throws InterruptedException {
        var core = core(new RateLimits(Optional.of(1), 1_000));
        accepted(core, ACME, "at once");
        accepted(core, ACME, "before it");
        core.submission(ACME, "a cat", Optional.empty(), new NotifyTask(new TaskToken("task")));

        core.clock.advance(Duration.ofSeconds(61));
        core.sweepQueueFor(Duration.ofSeconds(15));

        assertThat(core.tasks.heartbeats()).containsExactly(new TaskToken("task"));
    }

    @Test
    void aSweepIsTriggeredForTheTasksOfARowThatFailedAtItsSubmission() throws InterruptedException {
        var core = core(SIXTY_A_MINUTE);
        accepted(core, ACME, "at once");
        var waiting = CoreFixture.accepted(
                core.submission(ACME, "a cat", Optional.empty(), new NotifyTask(new TaskToken("task"))));
        core.provider.willAnswerSubmit(new SubmitOutcome.Rejected(new Failure("provider_rejected", "text")));
        core.triggers.clear();

        core.sweepQueueFor(MINUTE);

        assertThat(core.triggers).extracting(Generation::id).containsOnly(waiting.id());
    }

    @Test
    void aTableThatDoesNotAnswerIsWaitedFor() throws InterruptedException {
        var core = core(SIXTY_A_MINUTE);
        IntStream.range(0, 5).forEach(i -> accepted(core, ACME, "cat %d".formatted(i)));
        var failures = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
        core.gates.beforeWrite(() -> {
            if (!failures.isEmpty()) {
                failures.removeLast();
                throw new StoreUnavailableException("throttled", new IllegalStateException());
            }
        });

        drain(core, 1);

        assertThat(core.provider.submissions()).hasSize(5);
        assertThat(failures).isEmpty();
    }

    @Test
    void anEmptyQueueCostsNoTime() throws InterruptedException {
        var core = core(CoreFixture.UNLIMITED);
        var start = core.clock.instant();

        core.sweepQueueFor(MINUTE);

        assertThat(core.clock.instant()).isEqualTo(start);
        assertThat(core.leases.acquisitions()).isZero();
    }

    /** Webhooks are on, so that no row is polled. */
    private CoreFixture core(RateLimits rates) {
        var core = new CoreFixture(
                new Timeouts(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        CoreFixture.TIMEOUTS.claim(),
                        CoreFixture.TIMEOUTS.queued(),
                        CoreFixture.TIMEOUTS.reconciliation(),
                        CoreFixture.TIMEOUTS.processing(),
                        CoreFixture.TIMEOUTS.resubmitAfter(),
                        CoreFixture.TIMEOUTS.predictionVisibility()),
                rates);
        record(core);
        return core;
    }

    private void record(CoreFixture core) {
        core.provider.beforeAnswering(() -> submittedAt.add(core.clock.instant()));
    }

    private static Generation accepted(CoreFixture core, Owner owner, String prompt) {
        return CoreFixture.accepted(core.submission(owner, prompt, Optional.empty()));
    }

    /** Sweeps as the schedule does, with a window of two seconds less than four minutes and one sweep at a time. */
    private static void drain(CoreFixture core, int minutes) throws InterruptedException {
        var end = core.clock.instant().plus(Duration.ofMinutes(minutes));
        while (core.clock.instant().isBefore(end)) {
            var next = core.clock.instant().plus(Duration.ofMinutes(4));
            core.sweepQueueFor(Duration.ofSeconds(238));
            core.clock.set(next);
        }
    }

    private static List<String> prompts(CoreFixture core) {
        return core.provider.submissions().stream()
                .map(submission -> submission.replaceAll(".*\"prompt\":\"([^\"]*)\".*", "$1"))
                .toList();
    }
}
