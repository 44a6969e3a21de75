package dev.darkroom.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of a provider that is not wired any more. */
class UnwiredProviderTest {

    private static final ProviderId GONE = new ProviderId("gone");
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final CoreFixture core = new CoreFixture();

    @Test
    void aQueuedRowFailsBecauseItsModelWasRemoved() throws InterruptedException {
        var row = Generation.queued(
                new GenerationId(core.unique()), CoreFixture.OWNER, request(), core.clock.instant(), 1);
        core.store.create(row);
        var queue = SubmissionGate.UNUSED.queue().enqueue(CoreFixture.OWNER, core.clock.instant());
        core.allGates.of(GONE).replace(new Stored(SubmissionGate.UNUSED.with(queue), 1));

        core.sweep.sweep(core.sweep.queues(), List.of(), core.clock.instant().plus(WINDOW));

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("model_not_found"));
    }

    @Test
    void aRowInFlightKeepsItsPredictionUntilItTimesOut() throws InterruptedException {
        var row = stored(new State.Processing(new PredictionId("p"), core.clock.instant(), "gone/model"));
        var healthy = core.processing();

        core.sweepFor(WINDOW);

        assertThat(core.row(row).state().status()).isEqualTo(Status.PROCESSING);
        assertThat(core.row(healthy).state().status()).isEqualTo(Status.COMPLETED);
        assertThat(core.events.failedSteps()).isEmpty();

        core.clock.advance(CoreFixture.TIMEOUTS.processing());
        core.sweepFor(WINDOW);

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo("prediction_unfinished"));
    }

    @Test
    void anUnconfirmedRowIsNeverSentAgain() throws InterruptedException {
        var attempt = new Attempt("c", core.clock.instant(), "gone/model");
        var row = stored(new State.Unconfirmed(attempt, "HTTP 504"));

        core.sweepFor(WINDOW);
        assertThat(core.row(row).state().status()).isEqualTo(Status.UNCONFIRMED);

        core.clock.advance(CoreFixture.TIMEOUTS.reconciliation());
        core.sweepFor(WINDOW);

        assertThat(core.row(row).state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.SUBMISSION_UNCONFIRMED));
        assertThat(core.provider.submissions()).isEmpty();
    }

    /** A row that is queued for resubmission has no place in the gate's queue. */
    @Test
    void theQueueOfAWiredProviderIsSweptThoughItsGateHasNone() {
        assertThat(core.sweep.queues()).containsExactly(new Queue(CoreFixture.PROVIDER));
    }

    @Test
    void aStoreThatDoesNotListTheQueuesLeavesThoseOfTheWiredProviders() {
        core.allGates.setUnavailable(true);

        assertThat(core.sweep.queues()).containsExactly(new Queue(CoreFixture.PROVIDER));
    }

    private Generation stored(State state) {
        var now = core.clock.instant();
        var row = new Generation(new GenerationId(core.unique()), CoreFixture.OWNER, request(), now, 3, now, state);
        core.store.create(row);
        return row;
    }

    private static GenerationRequest request() {
        return new GenerationRequest(new ModelId(CoreFixture.MODEL), GONE, "{\"prompt\":\"a cat\"}");
    }
}
