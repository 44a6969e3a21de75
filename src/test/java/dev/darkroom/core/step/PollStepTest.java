package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.PollOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollStepTest {

    private final CoreFixture core = new CoreFixture();

    @Test
    void aFinishedPredictionCompletesTheRow() {
        var row = core.submitted("a cat");
        var outputs = List.of(new Output("https://images.example/1.png", true));
        core.provider.willAnswerPoll(new PollOutcome.Succeeded(outputs, Duration.ofMillis(800)));

        var advanced = core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Completed(
                        new PredictionId("prediction-1"), outputs, Duration.ofMillis(800), core.clock.instant()));
        assertThat(advanced.nextCheckAt()).isEmpty();
    }

    @Test
    void thePollGoesToThePathOfThePaidCall() {
        var row = core.pending(new State.Processing(new PredictionId("p"), core.clock.instant(), "vendor/before"));

        core.advance.advance(row);

        assertThat(core.provider.polledPaths()).containsExactly("vendor/before");
    }

    @Test
    void finishingTwiceWritesNothing() {
        var row = core.submitted("a cat");
        core.advance.advance(row);
        int writes = core.store.writes();

        var again = core.advance.advance(row);

        assertThat(core.store.writes()).isEqualTo(writes);
        assertThat(again.generation().state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void waitingCostsNoWrite() {
        var row = core.submitted("a cat");
        int writes = core.store.writes();
        core.provider.willAnswerPoll(
                new PollOutcome.Running(), new PollOutcome.Unavailable(null, ""), new PollOutcome.NotFound());

        for (int i = 0; i < 3; i++) {
            assertThat(core.advance.advance(row).nextCheckAt())
                    .contains(core.clock.instant().plusMillis(1_200));
        }

        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void aPollIsNotRepeatedBeforeTheProviderAllowsIt() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.Unavailable(Duration.ofSeconds(20), ""));

        var advanced = core.advance.advance(row);

        assertThat(advanced.nextCheckAt()).contains(core.clock.instant().plusSeconds(20));
    }

    @Test
    void aPredictionThatStaysMissingFailsTheRow() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.NotFound(), new PollOutcome.NotFound());
        core.clock.advance(Duration.ofMinutes(10));
        core.advance.advance(row);
        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);

        core.clock.advance(NextStep.NOT_FOUND_FOR);
        core.advance.advance(core.row(row));

        var prediction = new PredictionId("prediction-1");
        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(prediction, Failure.notFound(prediction), core.clock.instant()));
    }

    @Test
    void aPredictionThatIsMissingForAMomentIsNotGivenUp() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.NotFound(), new PollOutcome.Running(), new PollOutcome.NotFound());
        core.clock.advance(Duration.ofMinutes(10));
        for (int polls = 0; polls < 3; polls++) {
            core.advance.advance(core.row(row));
            core.clock.advance(NextStep.NOT_FOUND_FOR);
        }

        core.advance.advance(core.row(row));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void outputsThatAreNotThereYetAreAskedForAgain() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.WithoutOutputs(false));
        core.advance.advance(row);

        core.clock.advance(Duration.ofSeconds(2));
        core.advance.advance(core.row(row));

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"false, no_outputs", "true, outputs_unreadable"})
    void outputsThatStayMissingOrUnreadableFailTheRowWithItsPrediction(boolean unreadable, String code) {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(
                new PollOutcome.WithoutOutputs(unreadable), new PollOutcome.WithoutOutputs(unreadable));
        core.advance.advance(row);

        core.clock.advance(NextStep.WITHOUT_OUTPUTS_FOR);
        core.advance.advance(core.row(row));

        assertThat(core.row(row).state()).isInstanceOfSatisfying(State.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(code);
            assertThat(failed.failure().text()).contains("prediction-1", "billed");
        });
        assertThat(core.events.unreadableOutputs()).hasSize(unreadable ? 1 : 0);
    }

    @Test
    void aPredictionThatNeverEndsFailsTheRowAfterADay() {
        var row = core.submitted("a cat");

        core.clock.advance(Duration.ofHours(24));
        core.advance.advance(row);

        assertThat(core.row(row).state()).isInstanceOfSatisfying(State.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("prediction_unfinished");
            assertThat(failed.failure().text()).contains("prediction-1", "may have been billed");
        });
        assertThat(core.provider.polls()).isEmpty();
    }
}
