package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.step.ReceiveWebhook.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Webhooks that say how a prediction ended: delivered twice, early, for the wrong row, … */
class ReceiveWebhookTest {

    private static final PredictionId ITS = new PredictionId("prediction-1");
    private static final PollOutcome DONE =
            new PollOutcome.Succeeded(List.of(new Output("https://a/1.png", false)), Duration.ZERO);

    private final CoreFixture core = new CoreFixture();
    private final ReceiveWebhook receiveWebhook = new ReceiveWebhook(core.context, core.advance);

    @Test
    void itFinishesTheRowWithoutAPoll() {
        var row = core.submitted("a cat");

        assertThat(receive(row, ITS, DONE)).isEqualTo(Result.APPLIED);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.provider.polls()).isEmpty();
    }

    @Test
    void aSweepIsTriggeredForTheTasksThatWait() {
        var row = core.awaited("a cat", new TaskToken("task"));
        core.triggers.clear();

        receive(row, ITS, DONE);

        assertThat(core.triggers).extracting(Generation::id).containsExactly(row.id());
    }

    @Test
    void aWebhookOfAnotherProviderIsRefusedThoughItsPredictionHasTheSameId() {
        var row = core.submitted("a cat");
        var webhook = new ProviderWebhook.Verified(ITS, DONE, _ -> true);

        var result = receiveWebhook.receive(new ProviderId("another"), row.id(), webhook);

        assertThat(result).isEqualTo(Result.PREDICTION_MISMATCH);
        assertThat(core.row(row)).isEqualTo(row);
    }

    @Test
    void aFailureFailsTheRow() {
        var row = core.submitted("a cat");

        receive(row, ITS, new PollOutcome.Failed(new Failure("content_moderated", "")));

        assertThat(core.row(row).state().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aRowQueuedForResubmissionAdoptsTheFirstPrediction() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));
        var row = core.submitted("a cat");
        var again = core.row(row)
                .queued(
                        State.Queued.resubmission(
                                ((State.Unconfirmed) core.row(row).state()).attempt()),
                        Event.RESUBMITTED.at(core.clock.instant()));
        core.store.update(again);

        assertThat(receive(again, ITS, DONE)).isEqualTo(Result.APPLIED);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aSecondOneWritesNothing() {
        var row = core.submitted("a cat");
        receive(row, ITS, DONE);
        int writes = core.store.writes();

        assertThat(receive(row, ITS, DONE)).isEqualTo(Result.APPLIED);

        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void aWebhookAfterTheEndChangesNothing() {
        var row = core.submitted("a cat");
        core.advance.advance(row);

        receive(row, ITS, new PollOutcome.Failed(new Failure("late", "")));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aWebhookOfAnotherPredictionIsRefused() {
        var row = core.submitted("a cat");

        assertThat(receive(row, new PredictionId("other"), DONE)).isEqualTo(Result.PREDICTION_MISMATCH);

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aWebhookForAnUnknownGenerationIsReported() {
        var webhook = new ProviderWebhook.Verified(ITS, DONE, _ -> true);

        assertThat(receiveWebhook.receive(CoreFixture.PROVIDER, new GenerationId("f".repeat(32)), webhook))
                .isEqualTo(Result.UNKNOWN_GENERATION);
    }

    @Test
    void aWebhookBeforeTheAnswerOfThePaidCallBringsTheId() {
        core.provider.beforeAnswering(() -> {
            core.provider.beforeAnswering(() -> {});
            assertThat(receive(core.store.all().iterator().next(), ITS, DONE)).isEqualTo(Result.APPLIED);
        });

        var row = core.submitted("a cat");

        assertThat(row.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.row(row).hasPrediction(ITS)).isTrue();
    }

    @Test
    void aWebhookInsteadOfTheAnswerOfThePaidCallFinishesTheRow() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        assertThat(receive(row, new PredictionId("p"), DONE)).isEqualTo(Result.APPLIED);

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.adopted()).containsExactly(row.id());
    }

    @Test
    void aWebhookReplayedForAnotherRowIsRefused() {
        core.submitted("a cat");
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var other = core.submitted("a cat");

        assertThat(receive(other, ITS, DONE)).isEqualTo(Result.PREDICTION_MISMATCH);

        assertThat(core.row(other).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void aWebhookOfAnotherInputIsRefused() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        var result = receiveWebhook.receive(
                CoreFixture.PROVIDER,
                row.id(),
                new ProviderWebhook.Verified(new PredictionId("p"), DONE, input -> input.contains("a dog")));

        assertThat(result).isEqualTo(Result.PREDICTION_MISMATCH);
        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
    }

    @Test
    void aWebhookOfARunningPredictionEndsNothing() {
        var row = core.submitted("a cat");

        assertThat(receive(row, ITS, new PollOutcome.Running())).isEqualTo(Result.APPLIED);

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
    }

    /** This function has no archive, and the image does not fit into the row. */
    @Test
    void imagesInsideAWebhookAreLeftToASweepThatPollsAtOnce() {
        core.keepingImages();
        var row = core.submitted("a cat");
        core.triggers.clear();
        core.clock.advance(Duration.ofMillis(500));
        var image = new Output("data:image/png;base64,AAAA", false);

        var result = receive(row, ITS, new PollOutcome.Inline(List.of(image), Duration.ZERO, null));

        assertThat(result).isEqualTo(Result.APPLIED);
        assertThat(core.row(row).state()).isInstanceOf(State.Processing.class);
        assertThat(core.row(row).dueAt()).isEqualTo(core.clock.instant());
        assertThat(core.triggers).containsExactly(core.row(row));
    }

    @Test
    void imagesInsideAWebhookForARowThatEndedMeanwhileTriggerNothing() {
        core.keepingImages();
        var row = core.submitted("a cat");
        core.triggers.clear();
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.advance.advance(row);
        });
        var image = new Output("data:image/png;base64,AAAA", false);

        receive(row, ITS, new PollOutcome.Inline(List.of(image), Duration.ZERO, null));

        assertThat(core.row(row).state()).isInstanceOf(State.Completed.class);
        assertThat(core.triggers).isEmpty();
    }

    private Result receive(Generation row, PredictionId prediction, PollOutcome outcome) {
        return receiveWebhook.receive(
                CoreFixture.PROVIDER, row.id(), new ProviderWebhook.Verified(prediction, outcome, _ -> true));
    }
}
