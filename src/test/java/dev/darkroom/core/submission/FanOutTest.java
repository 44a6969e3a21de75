package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.submission.ReadGeneration.Reading;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A request for four images, which a model draws that makes one at a time, is four paid calls and one generation. */
class FanOutTest {

    private static final Owner ACME = new Owner("acme");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String DRAWING = "google/nano-banana-2/text-to-image";
    private static final String SENT = DRAWING + " {\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}";

    private final CoreFixture core = core(CoreFixture.UNLIMITED);
    private final ReadGeneration read = new ReadGeneration(core.store, core.admissions);

    private static CoreFixture core(RateLimits rates) {
        var catalogue = new JsonSchemaCatalogue(CoreFixture.MODEL + "=" + DRAWING, UnknownParameters.REFUSE);
        return new CoreFixture(CoreFixture.TIMEOUTS, rates, catalogue);
    }

    @Test
    void fourImagesAskedForAreFourImages() throws InterruptedException {
        var row = submit(Optional.empty());

        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        assertThat(core.provider.submissions()).isEqualTo(Collections.nCopies(4, SENT));
        var joined = reading(row).generation();
        assertThat(joined.id()).isEqualTo(row.id());
        assertThat(joined.state())
                .isInstanceOfSatisfying(
                        State.Completed.class,
                        completed -> assertThat(completed.outputs())
                                .extracting(Output::url)
                                .hasSize(4)
                                .doesNotHaveDuplicates());
        assertThat(reading(row).notices().warnings()).isEmpty();
    }

    @Test
    void theAnswerSaysWhichModelDraws() {
        var submission = core.submit.submit(command(Optional.empty()));

        assertThat(submission).isInstanceOfSatisfying(Submission.Stored.class, accepted -> {
            assertThat(accepted.generation().request().model().value()).isEqualTo(DRAWING);
            assertThat(accepted.notices().warnings())
                    .containsExactly(
                            new Warning("model", "wavespeed-ai/imagen4 is drawn by " + DRAWING),
                            new Warning("seed", "was not used: %s takes no seed".formatted(DRAWING)));
        });
    }

    @Test
    void nothingIsSentBeforeEveryCopyIsStored() throws InterruptedException {
        var row = submit(Optional.empty());
        assertThat(core.provider.submissions()).isEmpty();
        core.provider.beforeAnswering(() -> assertThat(core.store.all())
                .extracting(Generation::id)
                .contains(row.id().copy(1), row.id().copy(2), row.id().copy(3)));

        core.sweepQueueFor(MINUTE);

        assertThat(core.provider.submissions()).hasSize(4);
        assertThat(core.events.failedSteps()).isEmpty();
    }

    @Test
    void theGenerationRunsUntilTheLastImageIsThere() throws InterruptedException {
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(new PredictionId("prediction-3")::equals)
                .map(_ -> new PollOutcome.Running()));
        var row = submit(Optional.empty());
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);
        assertThat(reading(row).generation().state().status()).isEqualTo(Status.PROCESSING);

        core.provider.answerPollsBy(_ -> Optional.empty());
        core.sweepFor(MINUTE);

        assertThat(reading(row).generation().state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void imagesThatWerePaidForAreDeliveredAlthoughOthersFail() throws InterruptedException {
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(Set.of(new PredictionId("prediction-1"), new PredictionId("prediction-4"))::contains)
                .map(_ -> new PollOutcome.Failed(new Failure("content_moderated", "moderated"))));
        var row = submit(Optional.empty());

        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        assertThat(reading(row).generation().state())
                .isInstanceOfSatisfying(
                        State.Completed.class,
                        completed -> assertThat(completed.outputs()).hasSize(2));
        assertThat(reading(row).notices().warnings())
                .containsExactly(new Warning("outputs", "2 of 4 requests failed: moderated"));
    }

    @Test
    void aGenerationOfWhichEveryImageFailsHasFailed() throws InterruptedException {
        core.provider.answerPollsBy(
                _ -> Optional.of(new PollOutcome.Failed(new Failure("content_moderated", "moderated"))));
        var row = submit(Optional.empty());

        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        assertThat(reading(row).generation().state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("content_moderated"));
    }

    @Test
    void theSameKeyIsTheSameFourImages() throws InterruptedException {
        var row = submit(Optional.of("key"));
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        var again = submit(Optional.of("key"));

        assertThat(again).isEqualTo(reading(row).generation());
        assertThat(core.provider.submissions()).hasSize(4);
        assertThat(core.store.all()).hasSize(4);
    }

    @Test
    void aProcessThatDiesWhileItStoresCopiesSendsNothingTwice() throws InterruptedException {
        var row = submit(Optional.empty());
        var creations = new AtomicInteger();
        core.store.beforeCreate(() -> {
            // The second copy and its repetition.
            if (Set.of(2, 3).contains(creations.incrementAndGet())) {
                throw new StoreUnavailableException("no answer", new IllegalStateException());
            }
        });

        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        assertThat(core.provider.submissions()).hasSize(4);
        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
    }

    /** Each image takes its share of the rate. */
    @Test
    void copiesAreSubmittedAtTheRateLimit() throws InterruptedException {
        var limited = core(new RateLimits(Optional.of(60), 1_000));
        var start = limited.clock.instant();
        CoreFixture.accepted(limited.submit.submit(command(Optional.empty())));

        limited.sweepQueueFor(MINUTE);

        assertThat(limited.provider.submissions()).hasSize(4);
        assertThat(Duration.between(start, limited.clock.instant())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aWaitingTaskIsNotifiedOfAllImagesAtOnce() throws InterruptedException {
        var start = core.clock.instant();
        core.provider.willAnswerSubmit(new SubmitOutcome.Created(new PredictionId("first")));
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(id ->
                        !id.value().equals("first") && core.clock.instant().isBefore(start.plusSeconds(30)))
                .map(_ -> new PollOutcome.Running()));
        submit(Optional.empty(), new FollowUp.NotifyTask(new TaskToken("task")));

        core.sweepQueueFor(Duration.ofSeconds(10));
        core.sweepFor(Duration.ofMinutes(3));

        assertThat(core.tasks.answers())
                .singleElement()
                .satisfies(
                        answer -> assertThat(((State.Completed) answer.ended().state()).outputs())
                                .hasSize(4));
    }

    @Test
    void aWaitingTaskGetsHeartbeatsUntilTheLastCopyHasEnded() throws InterruptedException {
        var end = core.clock.instant().plus(Duration.ofMinutes(20));
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(id -> !id.value().equals("prediction-1")
                        && core.clock.instant().isBefore(end))
                .map(_ -> new PollOutcome.Running()));
        var row = submit(Optional.empty(), new FollowUp.NotifyTask(new TaskToken("task")));
        core.sweepQueueFor(MINUTE);
        core.sweepFor(Duration.ofMinutes(19));
        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.tasks.answers()).isEmpty();
        assertThat(core.tasks.heartbeats()).hasSizeGreaterThanOrEqualTo(3);

        core.sweepFor(Duration.ofMinutes(10));

        assertThat(core.tasks.answers())
                .singleElement()
                .satisfies(
                        answer -> assertThat(((State.Completed) answer.ended().state()).outputs())
                                .hasSize(4));
    }

    @Test
    void aGenerationThatEndsInTheQueueHasNoCopies() throws InterruptedException {
        var row = submit(Optional.empty());
        core.clock.advance(Duration.ofDays(2));

        core.sweepQueueFor(MINUTE);

        assertThat(reading(row).generation().state().status()).isEqualTo(Status.FAILED);
        assertThat(core.provider.submissions()).isEmpty();
    }

    /** The sweep was frozen before it stores the copies, and another one has failed the generation meanwhile. */
    @Test
    void aGenerationThatFailsWhileItsCopiesAreStoredHasNoneThatWaits() {
        var row = submit(Optional.empty());
        core.store.beforeCreate(() -> {
            core.store.beforeCreate(() -> {});
            core.clock.advance(Duration.ofDays(2));
            core.advance.advance(row);
        });

        core.submitWaiting(row);

        assertThat(reading(row).generation().state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.NEVER_SUBMITTED));
        assertThat(core.store.all()).extracting(one -> one.state().status()).containsOnly(Status.FAILED);
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void aCopyThatIsStoredKeepsAGenerationRunningWhoseOwnRowFailsInTheQueue() throws InterruptedException {
        var row = submit(Optional.empty());
        core.store.create(row.copy(2, 1));

        core.context.failQueued(row, Failure.NEVER_SUBMITTED);

        assertThat(reading(row).generation().state().status()).isEqualTo(Status.QUEUED);
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);
        assertThat(core.provider.submissions()).hasSize(1);
        assertThat(reading(row).generation().state().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void copiesThatMayNotBeStoredYetAreNotRead() {
        int before = core.store.calls();
        var row = submit(Optional.empty());
        assertThat(core.store.calls() - before).isEqualTo(1);

        reading(row);

        assertThat(core.store.calls() - before).isEqualTo(2);
    }

    @Test
    void copiesThatTakeLongRaiseNoAlarm() throws InterruptedException {
        core.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(id -> !id.value().equals("prediction-1"))
                .map(_ -> new PollOutcome.Running()));
        var row = submit(Optional.empty(), new FollowUp.NotifyTask(new TaskToken("task")));
        core.sweepQueueFor(MINUTE);

        for (int minute = 0; minute < 30; minute++) {
            core.sweepFor(Duration.ofSeconds(50));
            core.clock.advance(Duration.ofSeconds(10));
        }

        assertThat(core.row(row).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.overdue()).isEmpty();
        assertThat(core.tasks.answers()).isEmpty();
    }

    /** A copy may wait for a day in the queue, and run for another one. */
    @Test
    void aTaskIsNotifiedOfCopiesThatEndMoreThanADayLater() throws InterruptedException {
        var limited = core(new RateLimits(Optional.of(60), 1_000));
        var end = limited.clock.instant().plus(Duration.ofHours(40));
        limited.provider.answerPollsBy(prediction -> Optional.of(prediction)
                .filter(id -> !id.value().equals("prediction-1")
                        && limited.clock.instant().isBefore(end))
                .map(_ -> new PollOutcome.Running()));
        var command = command(Optional.empty(), new FollowUp.NotifyTask(new TaskToken("task")));
        var row = CoreFixture.accepted(limited.submit.submit(command));
        limited.sweepQueueFor(Duration.ofMillis(1_500));
        assertThat(limited.provider.submissions()).hasSizeBetween(1, 3);

        for (int hour = 0; hour < 41; hour++) {
            if (hour == 20) {
                limited.sweepQueueFor(MINUTE);
            }
            limited.sweepFor(MINUTE);
            limited.clock.advance(Duration.ofMinutes(59));
        }
        limited.sweepFor(Duration.ofMinutes(15));

        assertThat(limited.provider.submissions()).hasSize(4);
        assertThat(limited.row(row).followUps()).isEmpty();
        assertThat(limited.tasks.answers())
                .singleElement()
                .satisfies(
                        answer -> assertThat(((State.Completed) answer.ended().state()).outputs())
                                .hasSize(4));
    }

    private Generation submit(Optional<String> key, FollowUp.Action... owed) {
        return CoreFixture.accepted(core.submit.submit(command(key, owed)));
    }

    private static Command command(Optional<String> key, FollowUp.Action... owed) {
        var body = "{\"prompt\": \"a cat\", \"num_images\": 4, \"seed\": 7}";
        var named = key.map(IdempotencyKey::new);
        return new Command(ACME, CoreFixture.MODEL, body, named, Optional.empty(), List.of(owed));
    }

    private Reading reading(Generation row) {
        return read.read(row.id(), ACME).orElseThrow();
    }
}
