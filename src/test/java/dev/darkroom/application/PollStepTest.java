package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollStepTest {

    private final Core core = new Core();

    @Test
    void aFinishedPredictionCompletesTheRow() {
        var row = core.submitted("a cat");
        var outputs = List.of(new Output("https://images.example/1.png", true));
        core.provider.willAnswerPoll(new PollOutcome.Succeeded(outputs, Duration.ofMillis(800)));

        var advanced = core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Completed(
                        new PredictionId("prediction-1"), outputs, Duration.ofMillis(800), core.clock.instant()));
        assertThat(advanced.nextLook()).isEmpty();
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
            assertThat(core.advance.advance(row).nextLook())
                    .contains(core.clock.instant().plusSeconds(2));
        }

        assertThat(core.store.writes()).isEqualTo(writes);
    }

    @Test
    void aPollIsNotRepeatedBeforeTheProviderAllowsIt() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.Unavailable(Duration.ofSeconds(20), ""));

        var advanced = core.advance.advance(row);

        assertThat(advanced.nextLook()).contains(core.clock.instant().plusSeconds(20));
    }

    @Test
    void aPredictionThatStaysMissingFailsTheRow() {
        var row = core.submitted("a cat");
        core.provider.willAnswerPoll(new PollOutcome.NotFound());

        core.clock.advance(Duration.ofMinutes(10));
        core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(
                        new PredictionId("prediction-1"), Failure.PREDICTION_GONE, core.clock.instant()));
    }
}
