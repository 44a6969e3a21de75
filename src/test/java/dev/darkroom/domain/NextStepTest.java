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

/** Design section 2 as a table. */
class NextStepTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Failure FAILURE = new Failure("code", "text");

    static Stream<Arguments> table() {
        var lost = new State.Submitting("c", EARLIER, NOW);
        var unconfirmed = new State.Unconfirmed("c", EARLIER, LATER, "");
        var processing = new State.Processing(PREDICTION, EARLIER);
        return Stream.of(
                Arguments.of(State.Accepted.in(3), new NextStep.AwaitTurn()),
                Arguments.of(new State.Submitting("c", EARLIER, LATER), new NextStep.Wait(LATER)),
                Arguments.of(lost, new NextStep.LoseClaim(lost)),
                Arguments.of(unconfirmed, new NextStep.Reconcile(unconfirmed)),
                Arguments.of(
                        new State.Unconfirmed("c", EARLIER, NOW, ""),
                        new NextStep.GiveUp(Failure.SUBMISSION_UNCONFIRMED)),
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
        var dueAt = state.status().isTerminal() || state instanceof State.Accepted ? null : NOW;
        var generation = new Generation(id, Caller.of(new Owner("acme")), request, EARLIER, 1, dueAt, state);

        assertThat(NextStep.of(generation, NOW)).isEqualTo(expected);
    }

    @Test
    void aTaskThatWaitsIsAnsweredAtTheEndButNotForEver() {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), "{}");
        var task = new TaskToken("token");
        var running = Generation.accepted(id, new Caller(new Owner("acme"), List.of(task)), request, EARLIER, 3);

        var ended = running.failed(FAILURE, NOW);

        assertThat(NextStep.of(ended, NOW)).isEqualTo(new NextStep.AnswerTasks(NOW));
        assertThat(NextStep.of(ended, NOW.plus(NextStep.LONGEST_WAIT))).isEqualTo(new NextStep.ForgetTasks());
    }
}
