package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.ReceiveWord.Receipt;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import dev.darkroom.domain.TaskToken;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The provider tells how a prediction ended: twice, early, for the wrong row, … */
class ReceiveWordTest {

    private static final PredictionId ITS = new PredictionId("prediction-1");
    private static final PollOutcome DONE =
            new PollOutcome.Succeeded(List.of(new Output("https://a/1.png", false)), Duration.ZERO);

    private final Core core = new Core();
    private final ReceiveWord receiveWord = new ReceiveWord(core.context, core.advance);

    @Test
    void itFinishesTheRowWithoutAPoll() {
        var row = core.submitted("a cat");

        assertThat(receive(row, ITS, DONE)).isEqualTo(Receipt.TAKEN);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.provider.polls()).isEmpty();
    }

    @Test
    void aSweepIsKickedForTheTasksThatWait() {
        var row = core.awaited("a cat", new TaskToken("task"));
        core.kicks.clear();

        receive(row, ITS, DONE);

        assertThat(core.kicks).extracting(Generation::id).containsExactly(row.id());
    }

    @Test
    void aFailureFailsTheRow() {
        var row = core.submitted("a cat");

        receive(row, ITS, new PollOutcome.Failed(new Failure("content_moderated", "")));

        assertThat(core.row(row).state().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void whatTheFirstCallMadeIsAdoptedByARowThatWaitsToBeSubmittedOnceMore() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));
        var row = core.submitted("a cat");
        var again = core.row(row)
                .queued(State.Queued.again(((State.Unconfirmed) core.row(row).state()).attempt()));
        core.store.update(again);

        assertThat(receive(again, ITS, DONE)).isEqualTo(Receipt.TAKEN);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aSecondOneWritesNothing() {
        var row = core.submitted("a cat");
        receive(row, ITS, DONE);
        int writes = core.store.writes();

        assertThat(receive(row, ITS, DONE)).isEqualTo(Receipt.TAKEN);

        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void oneThatComesAfterTheEndChangesNothing() {
        var row = core.submitted("a cat");
        core.advance.advance(row);

        receive(row, ITS, new PollOutcome.Failed(new Failure("late", "")));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void oneOfAnotherPredictionIsRefused() {
        var row = core.submitted("a cat");

        assertThat(receive(row, new PredictionId("other"), DONE)).isEqualTo(Receipt.OTHER_PREDICTION);

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void oneOfAnUnknownGenerationIsSaidSo() {
        var word = new ProviderWord.Genuine(ITS, DONE, _ -> true);

        assertThat(receiveWord.receive(new GenerationId("f".repeat(32)), word)).isEqualTo(Receipt.UNKNOWN_GENERATION);
    }

    @Test
    void oneThatComesBeforeTheAnswerOfThePaidCallBringsTheId() {
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> {});
            assertThat(receive(core.store.all().iterator().next(), ITS, DONE)).isEqualTo(Receipt.TAKEN);
        });

        var row = core.submitted("a cat");

        assertThat(row.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.row(row).isSubmittedAs(ITS)).isTrue();
    }

    @Test
    void oneThatComesInPlaceOfTheAnswerOfThePaidCallFinishesTheRow() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        assertThat(receive(row, new PredictionId("p"), DONE)).isEqualTo(Receipt.TAKEN);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.adopted()).containsExactly(row.id());
    }

    @Test
    void oneThatIsReplayedForAnotherRowIsRefused() {
        core.submitted("a cat");
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var other = core.submitted("a cat");

        assertThat(receive(other, ITS, DONE)).isEqualTo(Receipt.OTHER_PREDICTION);

        assertThat(core.row(other).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void oneThatWasMadeFromAnotherInputIsRefused() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        var receipt = receiveWord.receive(
                row.id(), new ProviderWord.Genuine(new PredictionId("p"), DONE, input -> input.contains("a dog")));

        assertThat(receipt).isEqualTo(Receipt.OTHER_PREDICTION);
        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void oneThatIsNotTheEndIsNoEnd() {
        var row = core.submitted("a cat");

        assertThat(receive(row, ITS, new PollOutcome.Running())).isEqualTo(Receipt.TAKEN);

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    private Receipt receive(Generation row, PredictionId prediction, PollOutcome outcome) {
        return receiveWord.receive(row.id(), new ProviderWord.Genuine(prediction, outcome, _ -> true));
    }
}
