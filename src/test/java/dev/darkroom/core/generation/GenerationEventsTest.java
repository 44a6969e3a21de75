package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each transition of a row records what has happened, with its time. */
class GenerationEventsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final PredictionId PREDICTION = new PredictionId("p");
    private static final Failure FAILURE = new Failure("code", "text");
    private static final State.Submitting CLAIM = TestClaims.claim("c", NOW.plusSeconds(1));

    private final Generation queued = Generation.queued(
            new GenerationId("00000000000000000000000000000001"),
            new Owner("acme"),
            new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}"),
            NOW,
            3);
    private final Generation claimed = queued.claimed(CLAIM, NOW.plusSeconds(3));
    private final Generation unconfirmed = claimed.unconfirmed(
            new State.Unconfirmed(CLAIM.attempt(), "HTTP 504"), NOW.plusSeconds(9), NOW.plusSeconds(8));
    private final Generation submitted = claimed.submitted(PREDICTION, NOW.plusSeconds(2), NOW.plusSeconds(4));

    private static Entry last(Generation row) {
        return row.events().entries().getLast();
    }

    @Test
    void aGenerationThatGoesWellHasTheTimesOfItsSteps() {
        var outputs = List.of(new Output("https://a/1.png", false));
        var completed = submitted.completed(
                new State.Completed(PREDICTION, outputs, Duration.ofSeconds(6), NOW.plusSeconds(9)));

        assertThat(completed.events().entries())
                .containsExactly(
                        Event.QUEUED.at(NOW),
                        Event.CLAIMED.at(NOW.plusSeconds(1)),
                        Event.SUBMITTED.at(NOW.plusSeconds(2)),
                        Event.COMPLETED.at(NOW.plusSeconds(9)));
    }

    @Test
    void aRowThatIsClaimedFromTheStartWasNeverQueued() {
        var row = Generation.submitting(queued.id(), queued.owner(), queued.request(), CLAIM, NOW.plusSeconds(3));

        assertThat(row.events().entries()).containsExactly(Event.CLAIMED.at(NOW.plusSeconds(1)));
    }

    @Test
    void theArrivalComesFirst() {
        var row = queued.received(NOW.minusMillis(1_800));

        assertThat(row.events().entries())
                .containsExactly(Event.RECEIVED.at(NOW.minusMillis(1_800)), Event.QUEUED.at(NOW));
        assertThat(row.version()).isEqualTo(queued.version());
    }

    @Test
    void aPredictionThatIsFoundLaterIsAdopted() {
        assertThat(last(unconfirmed.submitted(PREDICTION, NOW.plusSeconds(20), NOW)))
                .isEqualTo(Event.ADOPTED.at(NOW.plusSeconds(20)));
    }

    @Test
    void anUnknownOutcomeHasItsTime() {
        assertThat(last(unconfirmed)).isEqualTo(Event.UNCONFIRMED.at(NOW.plusSeconds(8)));
    }

    @Test
    void theReturnToTheQueueHasItsReason() {
        var refusal = State.Queued.at(4).refused("HTTP 429", NOW.plusSeconds(2));

        assertThat(last(claimed.queued(refusal, Event.REFUSED.at(NOW.plusSeconds(2)))))
                .isEqualTo(Event.REFUSED.at(NOW.plusSeconds(2)));
    }

    @Test
    void aDoubtIsRecordedAndItsEndIsNot() {
        var processing = (State.Processing) submitted.state();
        var doubted = submitted.processing(processing.doubted(Doubt.Kind.NO_OUTPUTS, NOW.plusSeconds(5)));

        assertThat(last(doubted)).isEqualTo(Event.DOUBTED.at(NOW.plusSeconds(5)));
        assertThat(doubted.processing(processing.withoutDoubt()).events()).isEqualTo(doubted.events());
    }

    @Test
    void everyEndIsRecorded() {
        assertThat(last(submitted.failed(FAILURE, NOW.plusSeconds(7)))).isEqualTo(Event.FAILED.at(NOW.plusSeconds(7)));
        assertThat(last(queued.cancelled(NOW.plusSeconds(7)))).isEqualTo(Event.CANCELLED.at(NOW.plusSeconds(7)));
    }

    @Test
    void whatChangesOnlyTheDueTimeIsNoEvent() {
        assertThat(submitted.postponed(NOW.plusSeconds(600)).events()).isEqualTo(submitted.events());
        assertThat(submitted.dueNoLaterThan(NOW).events()).isEqualTo(submitted.events());
        assertThat(submitted.withHeartbeatDue(NOW).events()).isEqualTo(submitted.events());
    }
}
