package dev.darkroom.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows on each state, as a table. */
class NextStepTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Failure FAILURE = new Failure("code", "text");

    static Stream<Arguments> table() {
        var lost = new State.Submitting(TestClaims.attempt("c", EARLIER), NOW);
        var unconfirmed = new State.Unconfirmed(TestClaims.attempt("c", EARLIER), "");
        var processing = new State.Processing(PREDICTION, EARLIER);
        var longAgo = NOW.minus(Timeouts.DEFAULTS.queued());
        return Stream.of(
                Arguments.of(State.Queued.at(3), new NextStep.AwaitDequeue()),
                Arguments.of(new State.Submitting(TestClaims.attempt("c", EARLIER), LATER), new NextStep.Wait(LATER)),
                Arguments.of(lost, new NextStep.ExpireClaim(lost)),
                Arguments.of(unconfirmed, new NextStep.Reconcile(unconfirmed)),
                Arguments.of(
                        new State.Unconfirmed(TestClaims.attempt("c", longAgo), ""),
                        new NextStep.Fail(Failure.SUBMISSION_UNCONFIRMED)),
                Arguments.of(
                        new State.Processing(PREDICTION, longAgo), new NextStep.Fail(Failure.unfinished(PREDICTION))),
                Arguments.of(processing, new NextStep.Poll(processing)),
                Arguments.of(
                        new State.Completed(PREDICTION, List.of(new Output("url", false)), Duration.ZERO, EARLIER),
                        new NextStep.None()),
                Arguments.of(new State.Failed(null, FAILURE, EARLIER), new NextStep.None()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theStateAndTheTimeDecideTheStep(State state, NextStep expected) {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), "{}");
        var dueAt = state.status().isTerminal() || state instanceof State.Queued ? null : NOW;
        var generation = new Generation(id, Caller.of(new Owner("acme")), request, EARLIER, 1, dueAt, state);

        assertThat(NextStep.of(generation, Timeouts.DEFAULTS, NOW)).isEqualTo(expected);
    }

    @Test
    void whatWasNeverSubmittedForADayIsOver() {
        assertThat(NextStep.of(queued(State.Queued.at(3)), Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(24))))
                .isEqualTo(new NextStep.Fail(Failure.NEVER_SUBMITTED));
    }

    @Test
    void whatWasSentOnceAndThenQueuedForADayMayHaveBeenBilled() {
        var again = State.Queued.again(TestClaims.attempt("c", NOW));

        assertThat(NextStep.of(queued(again), Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(24))))
                .isEqualTo(new NextStep.Fail(Failure.SUBMISSION_UNCONFIRMED));
    }

    private static Generation queued(State.Queued state) {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), "{}");
        return new Generation(id, Caller.of(new Owner("acme")), request, NOW, 1, null, state);
    }

    @Test
    void aTaskThatWaitsIsAnsweredAtTheEndButNotForEver() {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), "{}");
        var task = new TaskToken("token");
        var running = Generation.queued(id, new Caller(new Owner("acme"), List.of(task)), request, EARLIER, 3);

        var ended = running.failed(FAILURE, NOW);

        assertThat(NextStep.of(ended, Timeouts.DEFAULTS, NOW)).isEqualTo(new NextStep.NotifyTasks(NOW));
        assertThat(NextStep.of(ended, Timeouts.DEFAULTS, NOW.plus(NextStep.LONGEST_TASK)))
                .isEqualTo(new NextStep.AbandonTasks());
    }
}
