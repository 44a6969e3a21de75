package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeWorkflowTasks.Answer;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A workflow's task waits for a generation. */
class WaitingTaskTest {

    private static final TaskToken TASK = new TaskToken("a");
    private static final TaskToken OTHER_TASK = new TaskToken("b");
    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final CoreFixture core = new CoreFixture();

    @Test
    void theTaskIsNotifiedOfTheOutcomeAndTheRowIsNoLongerDue() throws InterruptedException {
        var row = core.awaited("a cat", TASK);

        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.ended().state().status()).isEqualTo(Status.COMPLETED));
        assertThat(core.row(row).dueAt()).isNull();
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(core.events.written().stream().filter(Status.COMPLETED::equals))
                .hasSize(1);
    }

    @Test
    void theTaskIsNotifiedOfAFailedSubmission() throws InterruptedException {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofDays(2), ""));
        core.awaited("a cat", TASK);

        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofDays(2), ""));
        core.clock.advance(Duration.ofDays(2));
        core.sweepQueueFor(WINDOW);
        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.ended().state()).isInstanceOf(State.Failed.class));
    }

    @Test
    void theNotificationIsRetriedUntilItSucceeds() throws InterruptedException {
        core.tasks.failNext(3);
        var row = core.awaited("a cat", TASK);

        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers()).hasSize(1);
        assertThat(core.events.failedSteps()).hasSize(3);
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void aRowWhoseTaskWasNotNotifiedStaysDue() {
        var row = core.awaited("a cat", TASK);

        var advanced = core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.row(row).dueAt()).isEqualTo(core.clock.instant());
        assertThat(advanced.nextCheckAt()).contains(core.clock.instant());
    }

    @Test
    void itGetsHeartbeatsWhileItRunsButNoneInItsFirstMinute() {
        var row = core.awaited("a cat", TASK);
        core.provider.willAnswerPoll(new PollOutcome.Running(), new PollOutcome.Running());

        core.clock.advance(Duration.ofSeconds(59));
        core.advance.advance(row);
        assertThat(core.tasks.heartbeats()).isEmpty();
        core.clock.advance(Duration.ofSeconds(1));
        core.advance.advance(row);

        assertThat(core.tasks.heartbeats()).containsExactly(TASK);
    }

    @Test
    void itGetsHeartbeatsWhileTheOutcomeOfTheSubmissionIsUnknown() throws InterruptedException {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        core.awaited("a cat", TASK);

        for (int minutes = 0; minutes < 55; minutes++) {
            core.sweepFor(Duration.ofSeconds(50));
            core.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(core.tasks.heartbeats()).hasSizeBetween(10, 60);
    }

    @Test
    void everyTaskThatStartsTheSameGenerationIsNotified() throws InterruptedException {
        var first = core.awaited("a cat", TASK);

        var second = core.awaited("a cat", OTHER_TASK);
        core.sweepFor(WINDOW);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(TASK, OTHER_TASK);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aNotificationThatWasNotStoredIsRepeatedAndTheTaskRefusesIt() throws InterruptedException {
        var row = core.awaited("a cat", TASK);
        core.store.beforeUpdate(next -> {
            if (next.followUps().isEmpty()) {
                core.store.beforeUpdate(_ -> {});
                throw new StoreUnavailableException("once", new IllegalStateException());
            }
        });

        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers()).hasSize(1);
        assertThat(core.events.notified()).containsExactly(true, false);
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void aTaskThatArrivesDuringANotificationIsNotifiedToo() throws InterruptedException {
        var row = core.awaited("a cat", TASK);
        core.store.beforeUpdate(next -> {
            if (next.followUps().isEmpty()) {
                core.store.beforeUpdate(_ -> {});
                core.awaited("a cat", OTHER_TASK);
            }
        });

        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(TASK, OTHER_TASK);
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void aPollThatEndsAfterTheWindowDoesNotFail() throws InterruptedException {
        var row = core.awaited("a cat", TASK);
        core.provider.beforeAnswering(() -> core.clock.advance(WINDOW.plusSeconds(5)));

        core.sweepFor(WINDOW);

        assertThat(core.events.failedSteps()).isEmpty();
        assertThat(core.row(row).dueAt()).isNotNull();
        core.provider.beforeAnswering(() -> {});
        core.sweepFor(WINDOW);
        assertThat(core.tasks.answers()).hasSize(1);
    }

    @Test
    void aTaskThatCannotBeNotifiedIsAbandonedInTheEnd() throws InterruptedException {
        core.tasks.failNext(Integer.MAX_VALUE);
        var row = core.awaited("a cat", TASK);

        for (int sweeps = 0; sweeps < 30 * 60; sweeps++) {
            core.sweepFor(Duration.ofSeconds(50));
            core.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(core.events.failedSteps()).hasSizeLessThan(450);
        assertThat(core.events.notified()).isEmpty();
        assertThat(core.events.abandoned()).extracting(FollowUp::action).containsExactly(new FollowUp.NotifyTask(TASK));
        assertThat(core.row(row).dueAt()).isNull();
        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aTaskThatWasStoppedGetsNoMoreHeartbeats() {
        var row = core.awaited("a cat", TASK);
        core.tasks.stop(TASK);
        core.provider.willAnswerPoll(new PollOutcome.Running(), new PollOutcome.Running());

        core.clock.advance(Duration.ofMinutes(2));
        core.advance.advance(row);
        core.advance.advance(core.row(row));

        assertThat(core.tasks.heartbeats()).hasSize(1);
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aTaskThatArrivesAfterTheEndIsNotifiedToo() throws InterruptedException {
        core.awaited("a cat", TASK);
        core.sweepFor(WINDOW);

        var again = core.awaited("a cat", OTHER_TASK);
        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(TASK, OTHER_TASK);
        assertThat(core.triggers).extracting(Generation::id).containsExactly(again.id(), again.id());
        assertThat(core.row(again).dueAt()).isNull();
    }
}
