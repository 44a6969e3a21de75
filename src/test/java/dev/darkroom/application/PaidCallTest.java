package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the call that costs money is sent, for how long it may take, and what is remembered of it. */
class PaidCallTest {

    private static final Duration ANSWER = Duration.ofMillis(8_500);

    private final Core core = new Core();
    private final Instant arrival = core.clock.instant();

    @Test
    void theCallOfARequestGetsSevenSecondsAtMost() {
        submit();

        assertThat(core.provider.timeouts()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void itGetsWhatIsLeftUntilTheAnswerLessASecondForStoringTheOutcome() {
        core.store.beforeCreate(() -> core.clock.advance(Duration.ofSeconds(4)));

        submit();

        assertThat(core.provider.timeouts()).containsExactly(Duration.ofMillis(3_500));
    }

    @Test
    void aCallThatCouldNotBeAnsweredInTimeIsQueuedAndNotSent() {
        core.store.beforeCreate(() -> core.clock.advance(Duration.ofSeconds(7)));

        var row = submit();

        assertThat(core.provider.submissions()).isEmpty();
        assertThat(core.row(row).state()).isEqualTo(State.Queued.at(1));
        assertThat(core.kicks).contains(core.row(row));
    }

    @Test
    void whatWasNotSentInTimeIsSentByTheQueue() throws InterruptedException {
        core.store.beforeCreate(() -> {
            core.store.beforeCreate(() -> {});
            core.clock.advance(Duration.ofSeconds(7));
        });
        var row = submit();

        core.sweepQueueFor(Duration.ofSeconds(10));

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.provider.timeouts()).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void aProcessThatStoodStillDoesNotSendAfterItsClaimHasExpired() {
        core.store.beforeCreate(() -> core.clock.advance(Duration.ofSeconds(31)));

        core.submitted("a cat");

        assertThat(core.provider.submissions()).isEmpty();
        assertThat(core.store.all())
                .singleElement()
                .satisfies(row -> assertThat(row.state()).isInstanceOf(State.Queued.class));
    }

    @Test
    void theClaimRemembersWhereItWasSent() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));

        var row = core.submitted("a cat");

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Unconfirmed.class,
                        unconfirmed ->
                                assertThat(unconfirmed.attempt().upstreamPath()).isEqualTo(Core.MODEL));
    }

    @Test
    void aRowIsAnsweredWithItsIdWhateverFailsAfterItIsStored() {
        core.provider.beforeAnswering(() -> {
            throw new IllegalStateException("an adapter that breaks its contract");
        });

        var row = submit();

        assertThat(core.row(row).state().status()).isEqualTo(Status.SUBMITTING);
        assertThat(core.events.failedSteps()).containsExactly(row.id());
    }

    private Generation submit() {
        var submission = core.submit.submit(new Command(
                Core.CALLER,
                Core.MODEL,
                "{\"prompt\": \"a cat\"}",
                Optional.empty(),
                Optional.of(arrival.plus(ANSWER))));
        return ((Submission.Accepted) submission).generation();
    }
}
