package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeWorkflowTasks.Answer;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.submission.CancelGeneration.Result;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A request for four images, which a model draws that makes one at a time, is cancelled as a whole or not at all. */
class CancelCopiesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String DRAWING = "google/nano-banana-2/text-to-image";

    private final CoreFixture core = core(CoreFixture.UNLIMITED);

    private static CoreFixture core(RateLimits rates) {
        var catalogue = new JsonSchemaCatalogue(CoreFixture.MODEL + "=" + DRAWING, UnknownParameters.REFUSE);
        return new CoreFixture(CoreFixture.TIMEOUTS, rates, catalogue);
    }

    @Test
    void noneOfTheRequestsIsSent() throws InterruptedException {
        var row = submit(core);

        var result = cancel(core, row);
        core.sweepQueueFor(MINUTE);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Ended.class,
                        ended -> assertThat(ended.row().state()).isInstanceOf(State.Cancelled.class));
        assertThat(core.provider.submissions()).isEmpty();
        assertThat(statuses(core)).hasSize(4).containsOnly(Status.CANCELLED);
    }

    /** The place in the queue belongs to the generation's own row, because no copy is stored yet. */
    @Test
    void thePlaceInTheQueueIsGivenBackOnce() {
        var row = submit(core);
        submit(core);
        assertThat(core.admission.queueLength()).isEqualTo(2);

        cancel(core, row);

        assertThat(core.admission.queueLength()).isEqualTo(1);
    }

    @Test
    void aSweepThatIsAboutToStoreTheCopiesSendsNone() throws InterruptedException {
        var row = submit(core);
        core.store.beforeCreate(() -> {
            core.store.beforeCreate(() -> {});
            cancel(core, row);
        });

        core.sweepQueueFor(MINUTE);

        assertThat(core.provider.submissions()).isEmpty();
        assertThat(statuses(core)).hasSize(4).containsOnly(Status.CANCELLED);
    }

    @Test
    void copiesThatWaitAreCancelledWithTheGeneration() throws InterruptedException {
        var row = submit(core);
        storeCopies(row);

        cancel(core, row);
        core.sweepQueueFor(MINUTE);

        assertThat(core.provider.submissions()).isEmpty();
        assertThat(statuses(core)).hasSize(4).containsOnly(Status.CANCELLED);
    }

    /** The other cancellation comes between the reads of the original and of the copies. */
    @Test
    void whatAnotherRequestCancelsMeanwhileIsReadWhole() {
        var row = submit(core);
        storeCopies(row);
        var before = core.row(row);
        cancel(core, row);

        var generation = FanIn.of(before, core.store);

        assertThat(generation.generation().state()).isInstanceOf(State.Cancelled.class);
        assertThat(generation.original()).isEqualTo(core.row(row));
    }

    @Test
    void aClaimOfACopyThatComesFirstWins() throws InterruptedException {
        var row = submit(core);
        storeCopies(row);
        var copy = core.store.find(row.id().copy(2)).orElseThrow();
        core.store.beforeUpdate(_ -> {
            core.store.beforeUpdate(_ -> {});
            core.submitWaiting(copy);
        });

        var result = cancel(core, row);
        core.sweepQueueFor(MINUTE);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.AlreadySubmitted.class,
                        submitted -> assertThat(submitted.row().id()).isEqualTo(copy.id()));
        assertThat(core.provider.submissions()).hasSize(4);
        assertThat(statuses(core)).hasSize(4).doesNotContain(Status.CANCELLED);
    }

    @Test
    void aGenerationOfWhichOneRequestWasSentIsNotCancelled() throws InterruptedException {
        var limited = core(new RateLimits(Optional.of(60), 1_000));
        var row = submit(limited);
        limited.sweepQueueFor(Duration.ofMillis(1_500));
        assertThat(limited.provider.submissions()).hasSizeBetween(1, 3);

        var result = cancel(limited, row);
        limited.sweepQueueFor(MINUTE);

        assertThat(result).isInstanceOf(Result.AlreadySubmitted.class);
        assertThat(limited.provider.submissions()).hasSize(4);
    }

    @Test
    void aSecondCancellationHasTheSameResultAndWritesNothing() {
        var row = submit(core);
        var first = cancel(core, row);
        int writes = core.store.writes();

        assertThat(cancel(core, row)).isEqualTo(first);
        assertThat(core.store.writes()).isEqualTo(writes);
    }

    /** The transaction takes effect, and its repetition finds its own rows. */
    @Test
    void aCancellationWithoutAnAnswerIsRepeatedOnce() {
        var row = submit(core);
        core.store.afterWriteOfAll(() -> {
            core.store.afterWriteOfAll(() -> {});
            throw new StoreUnavailableException("it took effect", new IllegalStateException());
        });

        assertThat(cancel(core, row)).isInstanceOf(Result.Ended.class);

        assertThat(core.row(row).version()).isEqualTo(row.version() + 1);
        assertThat(core.admission.queueLength()).isZero();
    }

    @Test
    void theTaskThatWaitsIsNotified() throws InterruptedException {
        var row = submit(core, new FollowUp.NotifyTask(new TaskToken("task")));

        cancel(core, row);
        core.sweepFor(MINUTE);

        assertThat(core.tasks.answers())
                .extracting(Answer::ended)
                .extracting(ended -> ended.state().status())
                .containsExactly(Status.CANCELLED);
    }

    /** As a sweep does that dies before it claims the row. */
    private void storeCopies(Generation row) {
        long round = ((State.Queued) row.state()).round();
        for (int number = 1; number <= row.copyIds().size(); number++) {
            core.store.create(row.copy(number, round));
        }
    }

    private static List<Status> statuses(CoreFixture core) {
        return core.store.all().stream().map(row -> row.state().status()).toList();
    }

    private static Result cancel(CoreFixture core, Generation row) {
        return core.cancel.cancel(row.id(), row.owner());
    }

    private static Generation submit(CoreFixture core, FollowUp.Action... owed) {
        var body = "{\"prompt\": \"a cat\", \"num_images\": 4}";
        return CoreFixture.accepted(core.submit.submit(new Command(
                CoreFixture.OWNER, CoreFixture.MODEL, body, Optional.empty(), Optional.empty(), List.of(owed))));
    }
}
