package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeWorkflowTasks.Answer;
import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.step.StepResult.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a row owes after its end: follow-ups that fail, and others beside them. */
class FollowUpStepTest {

    private static final TaskToken BAD = new TaskToken("bad");
    private static final TaskToken GOOD = new TaskToken("good");
    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final CoreFixture core = new CoreFixture();

    @Test
    void aFailingFollowUpDoesNotDelayAGoodOneOfTheSameRow() {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD).withFollowUp(new NotifyTask(GOOD), core.clock.instant());
        core.store.update(row);

        core.advance.advance(row);

        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(GOOD);
        assertThat(core.row(row).followUps()).extracting(FollowUp::action).containsExactly(new NotifyTask(BAD));
    }

    @Test
    void aFailureCountsAndDelaysTheNextAttempt() {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD);
        var end = core.clock.instant();

        core.advance.advance(row);
        core.clock.advance(Duration.ofSeconds(3));
        core.advance.advance(core.row(row));

        var nextAt = end.plusSeconds(3 + 4);
        assertThat(core.row(row).followUps()).containsExactly(new FollowUp(new NotifyTask(BAD), end, 2, nextAt));
        assertThat(core.row(row).dueAt()).isEqualTo(nextAt);
    }

    @Test
    void nothingIsAttemptedBeforeItsTimeAndNoHeartbeatIsSentAnyMore() {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD);
        core.clock.advance(Duration.ofMinutes(2));
        core.advance.advance(row);
        var tried = core.row(row);

        var early = core.advance.advance(tried);

        assertThat(core.row(row)).isEqualTo(tried);
        assertThat(core.events.failedSteps()).hasSize(1);
        assertThat(core.tasks.heartbeats()).isEmpty();
        assertThat(early.nextCheckAt()).contains(core.clock.instant().plusSeconds(2));
    }

    @Test
    void aTaskThatArrivesWhileAnotherOneFailsIsDueAtOnce() throws InterruptedException {
        core.tasks.failFor(BAD);
        var row = core.awaited("a cat", BAD);
        core.sweepFor(WINDOW);
        var arrivedAt = core.clock.instant();

        core.awaited("a cat", GOOD);
        core.advance.advance(core.row(row));

        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(GOOD);
        assertThat(core.clock.instant()).isEqualTo(arrivedAt);
    }

    @Test
    void theGenerationIsNotRewrittenByAFailingFollowUp() throws InterruptedException {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD);

        core.sweepFor(WINDOW);

        var after = core.row(row);
        assertThat(after.version()).isGreaterThan(row.version() + 3);
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("version", "dueAt", "followUps", "events")
                .isEqualTo(row);
        assertThat(core.events.written()).isEmpty();
    }

    @Test
    void aFailingFollowUpIsAbandonedAfterItsTimeAndAGoodOneIsNot() {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD);
        core.advance.advance(row);
        core.clock.advance(Duration.ofHours(24));
        var joined = core.row(row).withFollowUp(new NotifyTask(GOOD), core.clock.instant());
        core.store.update(joined);
        core.clock.advance(Duration.ofHours(1));

        var abandoned = core.advance.advance(joined);
        core.advance.advance(abandoned.generation());

        assertThat(core.events.abandoned()).extracting(FollowUp::action).containsExactly(new NotifyTask(BAD));
        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(GOOD);
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void anAbandonmentThatAnotherWriterPreventsIsNotReported() {
        core.tasks.failFor(BAD);
        var row = core.ended(BAD);
        core.clock.advance(Duration.ofHours(25));
        core.store.update(row.withFollowUp(new NotifyTask(GOOD), core.clock.instant()));

        core.advance.advance(row);

        assertThat(core.events.abandoned()).isEmpty();
        assertThat(core.row(row).followUps()).hasSize(2);
    }

    @Test
    void aFollowUpThatIsNotDoneYetIsAttemptedAgainWithoutAnError() {
        var row = core.ended(GOOD);

        attemptedBy((_, _) -> new FollowUpResult.TryAgain(), row);

        assertThat(core.row(row).followUps()).extracting(FollowUp::attempts).containsExactly(1);
        assertThat(core.events.failedSteps()).isEmpty();
    }

    /** Otherwise it would be repeated at once, and without end. */
    @Test
    void anAttemptThatNeedsTooMuchMemoryCounts() {
        var row = core.ended(GOOD);

        attemptedBy(
                (_, _) -> {
                    throw new OutOfMemoryError();
                },
                row);

        assertThat(core.row(row).followUps()).extracting(FollowUp::attempts).containsExactly(1);
        assertThat(core.events.failedSteps()).containsExactly(row.id());
    }

    @Test
    void aRowWhoseFollowUpsFailIsHeldBackByItsSweep() {
        var failing = core.ended(BAD);
        var good = core.ended(GOOD);

        assertThat(attemptedBy((_, _) -> new FollowUpResult.TryAgain(), failing).kind())
                .isEqualTo(Kind.FAILED);
        assertThat(attemptedBy((_, _) -> new FollowUpResult.Done(), good).kind())
                .isEqualTo(Kind.EXECUTED);
    }

    @Test
    void aRowIsDueForItsFollowUpsFromItsEndOn() throws InterruptedException {
        var row = core.awaited("a cat", BAD);
        core.tasks.failFor(BAD);
        var addedAt = core.clock.instant();
        core.clock.advance(Duration.ofSeconds(40));

        var ended = core.advance.advance(row).generation();

        assertThat(ended.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(ended.followUps()).extracting(FollowUp::since).containsExactly(addedAt.plusSeconds(40));
        assertThat(ended.dueAt()).isEqualTo(addedAt.plusSeconds(40));
    }

    private StepResult attemptedBy(FollowUpExecutor executor, Generation row) {
        return new AdvanceGeneration(core.context, core.providers, core.tasks, executor, CoreFixture.TIMEOUTS)
                .advance(row);
    }
}
