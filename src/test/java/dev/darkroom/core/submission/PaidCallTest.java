package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the paid call is sent, how long it may take, and which outcome is stored. */
class PaidCallTest {

    private static final Duration ANSWER = Duration.ofMillis(8_500);

    private final CoreFixture core = new CoreFixture();
    private final Instant arrival = core.clock.instant();

    @Test
    void theCallOfARequestGetsSevenSecondsAtMost() {
        submit();

        assertThat(core.provider.timeouts()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void theCallGetsTheTimeUntilTheAnswerLessASecondForStoring() {
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
        assertThat(core.triggers).contains(core.row(row));
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
                                assertThat(unconfirmed.attempt().upstreamPath()).isEqualTo(CoreFixture.MODEL));
    }

    @Test
    void aProviderThatSendsWebhooksGetsTheRowsAddressAndIsPolledLate() {
        var webhooks = new CoreFixture(
                CoreFixture.TIMEOUTS,
                CoreFixture.UNLIMITED,
                new CallbackUrl(Optional.of(URI.create("https://images.example.com/prod/"))));
        webhooks.provider.sendsWebhooks((_, _) -> new ProviderWebhook.Disabled());

        var row = webhooks.row(webhooks.submitted("a cat"));

        assertThat(webhooks.provider.callbacks())
                .containsExactly(
                        Optional.of(URI.create("https://images.example.com/prod/webhooks/wavespeed/" + row.id())));
        assertThat(row.dueAt()).isEqualTo(arrival.plus(Duration.ofMinutes(2)));
    }

    @Test
    void aProviderWithoutWebhooksGetsNoAddressAndIsPolledSoon() {
        var other = new CoreFixture(
                CoreFixture.TIMEOUTS,
                CoreFixture.UNLIMITED,
                new CallbackUrl(Optional.of(URI.create("https://images.example.com"))));

        var row = other.row(other.submitted("a cat"));

        assertThat(other.provider.callbacks()).containsExactly(Optional.empty());
        assertThat(row.dueAt()).isEqualTo(arrival.plusSeconds(2));
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
                CoreFixture.OWNER,
                CoreFixture.MODEL,
                "{\"prompt\": \"a cat\"}",
                Optional.empty(),
                Optional.of(arrival.plus(ANSWER))));
        return ((Submission.Stored) submission).generation();
    }
}
