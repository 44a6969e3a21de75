package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.provider.SubmitOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdvanceGenerationTest {

    private final CoreFixture core = new CoreFixture();

    @Test
    void onlyTheSweepOfTheQueueSubmitsAQueuedRow() {
        var row = core.stored("a cat");

        var advanced = core.advance.advance(row);

        assertThat(advanced).isEqualTo(new StepResult(row, Optional.empty(), StepResult.Kind.EXECUTED));
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsAStateAndNothingIsSentAgain() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        core.clock.advance(Duration.ofMinutes(59));
        core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void anOutcomeThatStaysUnknownEndsInAFailureThatSaysSo() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown(""));
        var row = core.submitted("a cat");

        core.clock.advance(Duration.ofHours(24));
        core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(null, Failure.SUBMISSION_UNCONFIRMED, core.clock.instant()));
    }

    @Test
    void aClaimThatIsTooOldIsAnUnknownOutcome() {
        var row = core.stored("a cat")
                .claimed(
                        TestClaims.claim("c", core.clock.instant()),
                        core.clock.instant().plusSeconds(2));
        core.store.update(row);

        core.clock.advance(Duration.ofSeconds(30));
        var advanced = core.advance.advance(row);

        assertThat(advanced.generation().state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void aLateAnswerIsStoredAfterTheClaimHasExpired() {
        core.provider.beforeAnswering(() -> {
            core.clock.advance(Duration.ofSeconds(31));
            core.store.all().forEach(core.advance::advance);
        });

        var row = core.submitted("a cat");

        assertThat(core.events.written()).containsExactly(Status.SUBMITTING, Status.UNCONFIRMED, Status.PROCESSING);
        assertThat(core.row(row)).isEqualTo(row);
        assertThat(core.row(row).dueAt()).isBeforeOrEqualTo(core.clock.instant().plusSeconds(2));
    }

    @Test
    void aClaimedRowIsCheckedAgainSoonBecauseItIsLikelyToChange() {
        assertThat(core.advance.advance(core.unsent("a cat")).nextCheckAt())
                .contains(core.clock.instant().plusSeconds(1));
    }

    @Test
    void aRejectionFailsTheRow() {
        var failure = new Failure("insufficient_credits", "text");
        core.provider.willAnswerSubmit(new SubmitOutcome.Rejected(failure));

        var row = core.submitted("a cat");

        assertThat(core.row(row).state()).isEqualTo(new State.Failed(null, failure, core.clock.instant()));
    }
}
