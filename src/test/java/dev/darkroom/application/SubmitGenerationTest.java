package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmitGenerationTest {

    private final Core core = new Core();

    @Test
    void aRequestIsStoredSubmittedAndKicked() {
        var generation = core.submitted("a cat");

        assertThat(core.row(generation).state()).isInstanceOf(State.Processing.class);
        assertThat(core.provider.submissions())
                .containsExactly(
                        "wavespeed-ai/imagen4 {\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}");
        assertThat(core.kicks).extracting(Generation::id).containsExactly(generation.id());
    }

    @Test
    void theRowIsWrittenAndClaimedBeforeTheProviderIsCalled() {
        core.provider.beforeAnswering(() -> assertThat(core.store.all())
                .singleElement()
                .satisfies(row -> assertThat(row.state().status()).isEqualTo(Status.SUBMITTING)));

        core.submitted("a cat");

        assertThat(core.events.written()).containsExactly(Status.SUBMITTING, Status.PROCESSING);
    }

    @Test
    void secondSubmitWithTheSameKeyReturnsTheFirstGeneration() {
        var first = Core.accepted(core.submission("a cat", Optional.of("key")));

        var second = Core.accepted(core.submission("a cat", Optional.of("key")));

        assertThat(second).isEqualTo(first);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void theSameKeyForAnotherRequestIsRefused() {
        var first = Core.accepted(core.submission("a cat", Optional.of("key")));

        var second = core.submission("a dog", Optional.of("key"));

        assertThat(second).isEqualTo(new Submission.KeyReused());
        assertThat(core.store.all()).containsExactly(core.row(first));
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aDefaultThatIsSpeltOutIsTheSameRequest() {
        var first = Core.accepted(core.submission("a cat", Optional.of("key")));

        var second = core.submit.submit(new Command(
                Core.CALLER,
                Core.MODEL,
                "{\"num_images\": 1.0, \"prompt\": \"a cat\"}",
                Optional.of(new IdempotencyKey("key")),
                Optional.empty()));

        assertThat(second).isEqualTo(new Submission.Accepted(first, Optional.empty()));
    }

    @Test
    void anUnknownModelIsRefusedWithASuggestion() {
        var submission = core.submit.submit(new Command(
                Core.CALLER, "wavespeed-ai/imagen5", "{\"prompt\":\"a\"}", Optional.empty(), Optional.empty()));

        assertThat(submission).isEqualTo(new Submission.UnknownModel(Optional.of(Core.MODEL)));
        assertThat(core.store.all()).isEmpty();
    }

    @Test
    void badInputIsNeitherStoredNorPaidFor() {
        var submission = core.submission(" ", Optional.empty());

        assertThat(submission).isInstanceOf(Submission.InvalidInput.class);
        assertThat(core.store.all()).isEmpty();
        assertThat(core.provider.submissions()).isEmpty();
        assertThat(core.kicks).isEmpty();
    }

    @Test
    void nothingIsSubmittedWhenTheRowCannotBeStored() {
        core.store.setUnavailable(true);

        var submission = core.submission("a cat", Optional.empty());

        // The id is known all the same: the write may have happened.
        assertThat(submission).isInstanceOf(Submission.NotStored.class);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void aStoredRowIsAnsweredWithItsIdThoughTheNextWriteFails() {
        core.provider.beforeAnswering(() -> core.store.setUnavailable(true));

        var generation = core.submitted("a cat");

        core.store.setUnavailable(false);
        assertThat(core.row(generation).state().status()).isEqualTo(Status.SUBMITTING);
        assertThat(core.events.notStored())
                .singleElement()
                .extracting(Generation::state)
                .isEqualTo(new State.Processing(new PredictionId("prediction-1"), core.clock.instant()));
    }
}
