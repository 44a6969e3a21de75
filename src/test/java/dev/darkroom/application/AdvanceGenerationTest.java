package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdvanceGenerationTest {

    private final Core core = new Core();

    @Test
    void aStoredRowIsClaimedAndSubmitted() {
        var row = core.stored("a cat");

        var advanced = core.advance.advance(row);

        assertThat(advanced.generation().state())
                .isEqualTo(new State.Processing(new PredictionId("prediction-1"), core.clock.instant()));
        assertThat(advanced.nextLook()).contains(core.clock.instant().plusSeconds(2));
    }

    @Test
    void whoFindsTheRowClaimedDoesNotSubmitIt() {
        var row = core.stored("a cat");
        core.advance.advance(row);

        core.advance.advance(row);

        assertThat(core.provider.submissions()).hasSize(1);
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

        core.clock.advance(Duration.ofHours(1));
        core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(null, Failure.SUBMISSION_UNCONFIRMED, core.clock.instant()));
    }

    @Test
    void aClaimThatIsTooOldIsAnUnknownOutcome() {
        var row = core.stored("a cat").claimed("c", core.clock.instant().plusSeconds(30));
        core.store.update(row);

        core.clock.advance(Duration.ofSeconds(30));
        var advanced = core.advance.advance(row);

        assertThat(advanced.generation().state().status()).isEqualTo(Status.UNCONFIRMED);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void aLateAnswerIsStoredOverTheOpinionThatTheClaimWasLost() {
        var row = core.stored("a cat");
        core.provider.beforeAnswering(() -> {
            core.clock.advance(Duration.ofSeconds(31));
            core.advance.advance(core.row(row));
        });

        var advanced = core.advance.advance(row);

        assertThat(core.events.written()).endsWith(Status.SUBMITTING, Status.UNCONFIRMED, Status.PROCESSING);
        assertThat(core.row(row)).isEqualTo(advanced.generation());
        assertThat(core.row(row).dueAt()).isBeforeOrEqualTo(core.clock.instant().plusSeconds(2));
    }

    @Test
    void aRefusalWhoseWriteWasRepeatedDoesNotTakeTheNextClaimAway() {
        var row = core.stored("a cat");
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, ""));
        // The write of the refusal succeeds, its answer is lost, and before it is repeated somebody else claims the
        // row.
        core.store.beforeUpdate(next -> {
            if (next.state() instanceof State.Accepted) {
                core.store.beforeUpdate(_ -> {});
                core.store.update(next);
                core.store.update(
                        next.claimed("of another", core.clock.instant().plusSeconds(30)));
            }
        });

        core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(
                        new State.Submitting("of another", core.clock.instant().plusSeconds(30)));
    }

    @Test
    void aClaimedRowIsLookedAtAgainSoonBecauseItIsLikelyToMoveOn() {
        var claimed = core.stored("a cat").claimed("c", core.clock.instant().plusSeconds(30));

        assertThat(core.advance.advance(claimed).nextLook())
                .contains(core.clock.instant().plusSeconds(1));
    }

    @Test
    void aRefusalThatCreatedNothingIsTriedAgainWhenTheProviderSays() {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(Duration.ofSeconds(7), ""));
        var row = core.submitted("a cat");

        core.clock.advance(Duration.ofSeconds(6));
        var early = core.advance.advance(row);
        core.clock.advance(Duration.ofSeconds(1));
        var onTime = core.advance.advance(row);

        assertThat(early.generation().state().status()).isEqualTo(Status.ACCEPTED);
        assertThat(onTime.generation().state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.provider.submissions()).hasSize(2);
    }

    @Test
    void refusalsAreSpacedFurtherAndFurtherApart() {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, ""));
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, ""));
        var first = core.submitted("a cat");
        assertThat(first.dueAt()).isEqualTo(core.clock.instant().plusSeconds(1));

        core.clock.advance(Duration.ofSeconds(1));
        var second = core.advance.advance(first).generation();

        assertThat(second.dueAt()).isEqualTo(core.clock.instant().plusSeconds(2));
    }

    @Test
    void aRowThatCouldNotBeSubmittedForADayFails() {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, ""));
        var row = core.submitted("a cat");

        core.clock.advance(Duration.ofHours(24));
        core.advance.advance(row);

        assertThat(core.row(row).state())
                .isEqualTo(new State.Failed(null, Failure.NEVER_SUBMITTED, core.clock.instant()));
    }

    @Test
    void aRejectionFailsTheRow() {
        var failure = new Failure("insufficient_credits", "text");
        core.provider.willAnswerSubmit(new SubmitOutcome.Rejected(failure));

        var row = core.submitted("a cat");

        assertThat(core.row(row).state()).isEqualTo(new State.Failed(null, failure, core.clock.instant()));
    }

    @Test
    void aModelThatLeftTheCatalogueFailsTheRowAndIsNotPaidFor() {
        var gone = core.stored("a cat");
        var row = new Generation(
                new GenerationId(core.unique()),
                Core.CALLER,
                new GenerationRequest(new ModelId("gone/model"), "{}"),
                gone.createdAt(),
                1,
                gone.dueAt(),
                gone.state());
        core.store.create(row);

        core.advance.advance(row);

        assertThat(core.row(row).state().status()).isEqualTo(Status.FAILED);
        assertThat(core.provider.submissions()).isEmpty();
    }
}
