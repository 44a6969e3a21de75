package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeWorkflowTasks.Answer;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.ratelimit.SharedGate;
import dev.darkroom.core.submission.CancelGeneration.Result;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A request is cancelled while it waits in the queue, and at no later time. */
class CancelGenerationTest {

    private static final Duration WINDOW = Duration.ofMinutes(4);
    private static final Owner ACME = CoreFixture.OWNER;
    private static final Owner UMBRELLA = new Owner("umbrella");
    private static final TaskToken TASK = new TaskToken("a");

    /** One image a second, and two requests of an owner in the queue. */
    private static final RateLimits LIMITS = new RateLimits(Optional.of(60), 2);

    private final CoreFixture core = new CoreFixture(CoreFixture.TIMEOUTS, LIMITS);

    private Generation submitted(Owner owner, String prompt) {
        return CoreFixture.accepted(core.submission(owner, prompt, Optional.empty()));
    }

    /** A row that waits, because another request has used the rate. */
    private Generation queued() {
        submitted(ACME, "at once");
        return submitted(ACME, "queued");
    }

    private Result cancel(Generation row) {
        return core.cancel.cancel(row.id(), row.owner());
    }

    @Test
    void aQueuedRequestIsCancelledAndNeverSent() throws InterruptedException {
        var row = queued();

        var result = cancel(row);
        core.sweepQueueFor(WINDOW);

        assertThat(result).isEqualTo(new Result.Ended(core.row(row)));
        assertThat(core.row(row).state()).isEqualTo(new State.Cancelled(row.createdAt()));
        assertThat(core.row(row).failure()).contains(Failure.CANCELLED);
        assertThat(core.row(row).events().entries())
                .containsExactly(Event.QUEUED.at(row.createdAt()), Event.CANCELLED.at(row.createdAt()));
        assertThat(core.provider.submissions()).singleElement().asString().contains("at once");
    }

    @Test
    void aRequestThatTheProviderRefusedIsCancelledAsWell() throws InterruptedException {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "HTTP 429"));
        var row = submitted(ACME, "refused");

        var result = cancel(row);
        core.sweepQueueFor(WINDOW);

        assertThat(result).isEqualTo(new Result.Ended(core.row(row)));
        assertThat(core.row(row).state().status()).isEqualTo(Status.CANCELLED);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aSecondCancellationHasTheSameResultAndWritesNothing() {
        var row = queued();
        var first = cancel(row);
        core.clock.advance(Duration.ofSeconds(5));
        int writes = core.store.writes();

        assertThat(cancel(row)).isEqualTo(first);

        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void aRequestThatTheProviderHasIsNotCancelled() {
        var row = submitted(ACME, "a cat");

        assertThat(cancel(row)).isEqualTo(new Result.AlreadySubmitted(row));

        assertThat(core.row(row)).isEqualTo(row);
    }

    @Test
    void aRequestThatMayBeSentIsNotCancelled() {
        var row = core.unsent("a cat");

        assertThat(cancel(row)).isEqualTo(new Result.AlreadySubmitted(row));
    }

    @Test
    void aRequestWhoseOutcomeIsUnknownIsNotCancelled() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("HTTP 504"));
        var row = submitted(ACME, "a cat");

        assertThat(cancel(row)).isEqualTo(new Result.AlreadySubmitted(row));
    }

    /** The first call may have created a prediction that is still to be found. */
    @Test
    void aRequestThatWaitsToBeSubmittedOnceMoreIsNotCancelled() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("HTTP 504"));
        var row = submitted(ACME, "a cat");
        var again = row.queued(
                State.Queued.resubmission(((State.Unconfirmed) row.state()).attempt()),
                Event.RESUBMITTED.at(core.clock.instant()));
        core.store.update(again);

        assertThat(cancel(row)).isEqualTo(new Result.AlreadySubmitted(again));
    }

    @Test
    void aGenerationThatHasEndedStaysAsItIs() {
        var row = submitted(ACME, "a cat");
        var completed = core.advance.advance(row).generation();

        assertThat(cancel(row)).isEqualTo(new Result.Ended(completed));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void theRowOfAnotherOwnerIsNotFoundAndStaysQueued() {
        var row = queued();

        assertThat(core.cancel.cancel(row.id(), UMBRELLA)).isEqualTo(new Result.NotFound());

        assertThat(core.row(row)).isEqualTo(row);
    }

    @Test
    void aClaimThatComesFirstWins() {
        var row = queued();
        core.clock.advance(Duration.ofSeconds(2));
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.submitWaiting(row);
        });

        var result = cancel(row);

        assertThat(result).isEqualTo(new Result.AlreadySubmitted(core.row(row)));
        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.provider.submissions()).hasSize(2);
    }

    @Test
    void aCancellationThatComesFirstWins() {
        var row = queued();
        core.clock.advance(Duration.ofSeconds(2));
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            cancel(row);
        });

        core.submitWaiting(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.CANCELLED);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void anotherWriterDoesNotPreventTheCancellation() {
        var row = queued();
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.store.update(row.withFollowUp(new NotifyTask(TASK), core.clock.instant()));
        });

        assertThat(cancel(row)).isEqualTo(new Result.Ended(core.row(row)));

        assertThat(core.row(row).state().status()).isEqualTo(Status.CANCELLED);
        assertThat(core.row(row).owes(new NotifyTask(TASK))).isTrue();
    }

    @Test
    void aWriteWithoutAnAnswerIsRepeatedOnce() {
        var row = queued();
        core.store.beforeUpdate(next -> {
            core.store.beforeUpdate(_ -> {});
            core.store.update(next);
            throw new StoreUnavailableException("it took effect", new IllegalStateException());
        });

        assertThat(cancel(row)).isEqualTo(new Result.Ended(core.row(row)));

        assertThat(core.row(row).version()).isEqualTo(row.version() + 1);
        assertThat(core.admission.queueLength()).isZero();
    }

    @Test
    void aTableThatDoesNotAnswerIsNoResult() {
        var row = queued();
        core.store.setUnavailable(true);

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> cancel(row));
    }

    @Test
    void theTaskThatWaitsIsNotified() throws InterruptedException {
        submitted(ACME, "at once");
        var row = core.awaited("queued", TASK);
        core.triggers.clear();

        cancel(row);
        core.sweepFor(WINDOW);

        assertThat(core.triggers).extracting(Generation::id).containsExactly(row.id());
        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(TASK);
        assertThat(core.tasks.answers())
                .extracting(answer -> answer.ended().state().status())
                .containsExactly(Status.CANCELLED);
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void theSameKeyReturnsTheCancelledGeneration() {
        submitted(ACME, "at once");
        var row = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));
        cancel(row);

        assertThat(CoreFixture.accepted(core.submission("a cat", Optional.of("key"))))
                .isEqualTo(core.row(row));
    }

    @Test
    void thePlaceInTheQueueIsGivenBack() {
        submitted(ACME, "at once");
        submitted(ACME, "first");
        var second = submitted(ACME, "second");
        assertThat(core.submission(ACME, "one too many", Optional.empty())).isInstanceOf(Submission.QueueFull.class);

        cancel(second);

        assertThat(core.admission.queueLength()).isEqualTo(1);
        var third = submitted(ACME, "third");
        assertThat(third.state()).isEqualTo(second.state());
    }

    /** The submissions' process has a copy of the gate in which the queue is full. */
    @Test
    void thePlaceThatAnotherProcessGaveBackIsFreeAtOnce() {
        submitted(ACME, "at once");
        submitted(ACME, "first");
        var second = submitted(ACME, "second");
        assertThat(core.submission(ACME, "one too many", Optional.empty())).isInstanceOf(Submission.QueueFull.class);
        var gate = new SharedGate(core.gates, core.events, _ -> {}, core.clock);
        var another = new AdmissionControl(CoreFixture.PROVIDER, gate, core.context, LIMITS);

        new CancelGeneration(core.context, new AdmissionControls(_ -> another)).cancel(second.id(), ACME);

        assertThat(submitted(ACME, "third").state()).isEqualTo(second.state());
    }

    @Test
    void thoseBehindItMoveUp() {
        submitted(ACME, "at once");
        var first = submitted(ACME, "first");
        var behind = submitted(UMBRELLA, "behind");
        var before = core.admission.positionOf(behind).orElseThrow().position();

        cancel(first);

        assertThat(core.admission.positionOf(behind).orElseThrow().position()).isEqualTo(before - 1);
    }

    /** The sweep has admitted the row, so it is no longer counted when the cancellation gives its place back. */
    @Test
    void aRowThatIsCancelledWhileItsSweepAdmitsItIsCountedOutOnce() throws InterruptedException {
        submitted(ACME, "at once");
        var first = submitted(ACME, "first");
        submitted(ACME, "second");
        core.clock.advance(Duration.ofMillis(1_900));
        var lengths = new ArrayList<Integer>();
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.gates.beforeWrite(() -> lengths.add(core.admission.queueLength()));
            cancel(first);
        });

        core.sweepQueueFor(Duration.ofMillis(50));

        // The cancellation, the share, the place that is given back twice, and then the second row is admitted.
        assertThat(lengths).startsWith(1, 0, 0, 1);
        assertThat(core.row(first).state().status()).isEqualTo(Status.CANCELLED);
        assertThat(core.provider.submissions()).hasSize(2);
        assertThat(core.provider.submissions().getLast()).contains("second");
        assertThat(core.admission.queueLength()).isZero();
    }

    @Test
    void manyCancelledRequestsDelayNoOtherOwner() throws InterruptedException {
        submitted(UMBRELLA, "at once");
        var start = core.clock.instant();
        for (int i = 0; i < 50; i++) {
            var row = submitted(ACME, "cat %d".formatted(i));
            cancel(row);
        }
        var dog = submitted(UMBRELLA, "a dog");

        core.sweepQueueFor(WINDOW);

        assertThat(core.row(dog).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(((State.Processing) core.row(dog).state()).submittedAt()).isBefore(start.plusSeconds(4));
        assertThat(core.provider.submissions()).hasSize(2);
    }
}
