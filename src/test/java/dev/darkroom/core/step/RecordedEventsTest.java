package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The events that a row has after its steps: where the time of a generation went. */
class RecordedEventsTest {

    private static final TaskToken TASK = new TaskToken("a");
    private static final Duration WINDOW = Duration.ofMinutes(4);

    private final CoreFixture core = new CoreFixture();
    private final Instant start = core.clock.instant();

    private List<Entry> entries(Generation row) {
        return core.row(row).events().entries();
    }

    private List<Event> events(Generation row) {
        return entries(row).stream().map(Entry::event).toList();
    }

    @Test
    void nineSecondsAreExplained() {
        var arrival = start.minusMillis(1_800);
        core.provider.beforeAnswering(() -> core.clock.advance(Duration.ofMillis(700)));
        var row = CoreFixture.accepted(core.submit.submit(new Command(
                        CoreFixture.OWNER,
                        CoreFixture.MODEL,
                        "{\"prompt\": \"a cat\"}",
                        Optional.empty(),
                        Optional.empty())
                .arrivedAt(Optional.of(arrival))));
        core.provider.beforeAnswering(() -> {});
        core.clock.advance(Duration.ofMillis(6_500));

        core.advance.advance(row);

        assertThat(entries(row))
                .containsExactly(
                        Event.RECEIVED.at(arrival),
                        Event.CLAIMED.at(start),
                        Event.SUBMITTED.at(start.plusMillis(700)),
                        Event.COMPLETED.at(start.plusMillis(7_200)));
    }

    @Test
    void pollsThatChangeNothingAreNoEventsAndCostNoWrite() {
        var row = core.submitted("a cat");
        int writes = core.store.writes();
        core.provider.willAnswerPoll(new PollOutcome.Running(), new PollOutcome.Running());

        core.advance.advance(row);
        core.advance.advance(row);

        assertThat(core.store.writes()).isEqualTo(writes);
        assertThat(events(row)).containsExactly(Event.CLAIMED, Event.SUBMITTED);
    }

    @Test
    void aRefusedCallAndItsRepetitionAreSeen() throws InterruptedException {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "HTTP 429"));
        var row = core.submitted("a cat");

        core.sweepQueueFor(WINDOW);

        assertThat(events(row)).containsExactly(Event.CLAIMED, Event.REFUSED, Event.CLAIMED, Event.SUBMITTED);
    }

    @Test
    void aCallWithoutAnAnswerIsUnconfirmedAndThenAdopted() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("HTTP 504"));
        var row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(5));
        core.provider.willFind(new SearchOutcome.Found(List.of(new PredictionId("found"))));

        core.advance.advance(core.row(row));

        assertThat(entries(row))
                .containsExactly(
                        Event.CLAIMED.at(start), Event.UNCONFIRMED.at(start), Event.ADOPTED.at(start.plusSeconds(5)));
    }

    @Test
    void aWebhookIsRecordedOnceHoweverOftenItComes() {
        var row = core.submitted("a cat");
        core.clock.advance(Duration.ofSeconds(3));

        receive(row);
        receive(row);

        assertThat(entries(row))
                .containsExactly(
                        Event.CLAIMED.at(start),
                        Event.SUBMITTED.at(start),
                        Event.WEBHOOK_RECEIVED.at(start.plusSeconds(3)),
                        Event.COMPLETED.at(start.plusSeconds(3)));
    }

    @Test
    void aWebhookInPlaceOfTheAnswerIsRecordedOnceAsWell() {
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("HTTP 504"));
        var row = core.submitted("a cat");

        receive(row);

        assertThat(events(row))
                .containsExactly(
                        Event.CLAIMED, Event.UNCONFIRMED, Event.WEBHOOK_RECEIVED, Event.ADOPTED, Event.COMPLETED);
    }

    private void receive(Generation row) {
        var image = new PollOutcome.Succeeded(List.of(new Output("https://a/1.png", false)), Duration.ZERO);
        var webhook = new ProviderWebhook.Verified(new PredictionId("prediction-1"), image, _ -> true);
        new ReceiveWebhook(core.context, core.advance).receive(CoreFixture.PROVIDER, row.id(), webhook);
    }

    @Test
    void aWriteThatIsRepeatedRecordsItsEventOnce() {
        var row = core.submitted("a cat");
        var failed = core.row(row).failed(new Failure("code", "text"), start.plusSeconds(1));
        core.store.update(failed);

        assertThat(core.store.update(failed)).isEqualTo(new Update.Written());

        assertThat(events(row)).containsExactly(Event.CLAIMED, Event.SUBMITTED, Event.FAILED);
    }

    @Test
    void aTaskThatIsNotifiedAtOnceIsOneEvent() throws InterruptedException {
        var row = core.awaited("a cat", TASK);

        core.sweepFor(WINDOW);

        assertThat(events(row)).containsExactly(Event.CLAIMED, Event.SUBMITTED, Event.COMPLETED, Event.FOLLOW_UP_DONE);
    }

    @Test
    void ofANotificationThatFailsOftenTheFirstAttemptAndTheLastAreEvents() throws InterruptedException {
        core.tasks.failNext(5);
        var row = core.awaited("a cat", TASK);

        core.sweepFor(WINDOW);

        assertThat(events(row)).endsWith(Event.COMPLETED, Event.FOLLOW_UP_FAILED, Event.FOLLOW_UP_DONE);
    }

    @Test
    void aNotificationThatIsGivenUpIsAnEvent() {
        core.tasks.failFor(TASK);
        var row = core.ended(TASK);
        core.clock.advance(Duration.ofHours(25));

        core.advance.advance(row);

        assertThat(events(row)).endsWith(Event.FOLLOW_UP_ABANDONED);
    }

    @Test
    void aTaskThatIsGoneWhileTheGenerationRunsIsAnEvent() {
        var row = core.awaited("a cat", TASK);
        core.tasks.stop(TASK);
        core.provider.willAnswerPoll(new PollOutcome.Running());
        core.clock.advance(Duration.ofMinutes(1));

        core.advance.advance(row);

        assertThat(events(row)).endsWith(Event.FOLLOW_UP_ABANDONED);
    }
}
