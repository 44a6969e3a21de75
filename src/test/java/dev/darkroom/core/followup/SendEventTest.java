package dev.darkroom.core.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeWorkflowTasks.Answer;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.FollowUp.SendEvent;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.submission.StandingFollowUps;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows that owe an event to the event bus. */
class SendEventTest {

    private static final TaskToken TASK = new TaskToken("task");
    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final CoreFixture core = new CoreFixture();
    private final SubmitGeneration submit =
            core.submit.owing(StandingFollowUps.NONE.andOfEveryRow(List.of(new SendEvent())));

    private Generation submitted(FollowUp.Action... asked) {
        return CoreFixture.accepted(submit.submit(command(1, asked)));
    }

    private static Command command(int calls, FollowUp.Action... asked) {
        var key = Optional.of(new IdempotencyKey("key"));
        return new Command(
                        CoreFixture.OWNER,
                        CoreFixture.MODEL,
                        "{\"prompt\": \"a cat\"}",
                        key,
                        Optional.empty(),
                        List.of(asked))
                .times(calls);
    }

    private static String eventOf(Generation row) {
        return "{\"id\":\"%s\",\"status\":\"COMPLETED\"}".formatted(row.id());
    }

    @Test
    void aRowOwesOneEventAfterItsEnd() throws InterruptedException {
        var row = submitted();
        assertThat(row.followUps()).extracting(FollowUp::action).containsExactly(new SendEvent());

        core.sweepFor(WINDOW);

        assertThat(core.bus.events()).containsExactly(eventOf(row));
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(core.row(row).dueAt()).isNull();
    }

    @Test
    void aRowThatWasAcceptedWithoutABusOwesNone() throws InterruptedException {
        var row = core.submitted("a cat");

        core.sweepFor(WINDOW);

        assertThat(row.followUps()).isEmpty();
        assertThat(core.bus.events()).isEmpty();
    }

    @Test
    void aRepeatedRequestSendsNoFurtherEvent() throws InterruptedException {
        var row = submitted();
        core.sweepFor(WINDOW);

        var repeated = submitted();

        assertThat(repeated).isEqualTo(core.row(row));
        assertThat(repeated.followUps()).isEmpty();
    }

    /** The copies are rows of their own, and receivers know of one generation only. */
    @Test
    void aGenerationWithCopiesSendsOneEventAfterTheLastOfThem() throws InterruptedException {
        var row = CoreFixture.accepted(submit.submit(command(3)));

        core.sweepQueueFor(WINDOW);
        core.sweepFor(WINDOW);

        assertThat(core.bus.events()).containsExactly(eventOf(row));
    }

    @Test
    void anEventThatFailsIsSentAgainLaterEachTime() throws InterruptedException {
        core.bus.fail(true);
        var row = submitted();
        core.sweepFor(WINDOW);
        assertThat(core.bus.events()).isEmpty();
        int attempts = core.row(row).followUps().getFirst().attempts();
        assertThat(attempts).isBetween(3, 7);

        core.bus.fail(false);
        core.clock.advance(Duration.ofHours(1));
        core.sweepFor(WINDOW);

        assertThat(core.bus.events()).containsExactly(eventOf(row));
        assertThat(core.row(row).followUps()).isEmpty();
    }

    @Test
    void anEventWhoseAnswerIsLostComesTwiceAndIsTheSame() throws InterruptedException {
        core.bus.loseAnswers();
        var row = submitted();

        core.sweepFor(Duration.ofSeconds(30));

        assertThat(core.bus.events()).hasSizeGreaterThan(1).containsOnly(eventOf(row));
    }

    @Test
    void aBusThatIsGoneDelaysNothingElse() throws InterruptedException {
        core.bus.fail(true);
        var row = submitted(new NotifyTask(TASK));

        core.sweepFor(WINDOW);

        assertThat(core.tasks.answers()).extracting(Answer::task).containsExactly(TASK);
        assertThat(core.row(row).followUps()).extracting(FollowUp::action).containsExactly(new SendEvent());
        assertThat(core.events.failedSteps()).isNotEmpty();
    }

    @Test
    void anEventIsGivenUpAfterADay() throws InterruptedException {
        core.bus.fail(true);
        var row = submitted();
        core.sweepFor(WINDOW);
        core.clock.advance(Duration.ofHours(24));

        core.sweepFor(WINDOW);

        assertThat(core.events.abandoned()).extracting(FollowUp::action).containsExactly(new SendEvent());
        assertThat(core.row(row).followUps()).isEmpty();
        assertThat(core.row(row).dueAt()).isNull();
    }
}
