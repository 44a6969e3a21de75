package dev.darkroom.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The next step of each state, as a table. */
class NextStepTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(1);
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Failure FAILURE = new Failure("code", "text");

    static Stream<Arguments> table() {
        var lost = new State.Submitting(TestClaims.attempt("c", EARLIER), NOW);
        var unconfirmed = new State.Unconfirmed(TestClaims.attempt("c", EARLIER), "");
        var processing = new State.Processing(PREDICTION, EARLIER, "a/b");
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
                        new State.Processing(PREDICTION, longAgo, "a/b"),
                        new NextStep.Fail(Failure.unfinished(PREDICTION))),
                Arguments.of(processing, new NextStep.Poll(processing)),
                Arguments.of(
                        new State.Completed(PREDICTION, List.of(new Output("url", false)), Duration.ZERO, EARLIER),
                        new NextStep.None()),
                Arguments.of(new State.Failed(null, FAILURE, EARLIER), new NextStep.None()),
                Arguments.of(new State.Cancelled(EARLIER), new NextStep.None()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theStateAndTheTimeDecideTheStep(State state, NextStep expected) {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}");
        var dueAt = state.status().isTerminal() || state instanceof State.Queued ? null : NOW;
        var generation = new Generation(id, new Owner("acme"), request, EARLIER, 1, dueAt, state);

        assertThat(NextStep.of(generation, Timeouts.DEFAULTS, NOW)).isEqualTo(expected);
    }

    @Test
    void aRowThatWasQueuedForADayFails() {
        assertThat(NextStep.of(queued(State.Queued.at(3)), Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(24))))
                .isEqualTo(new NextStep.Fail(Failure.NEVER_SUBMITTED));
    }

    @Test
    void whatWasSentOnceAndThenQueuedForADayMayHaveBeenBilled() {
        var again = State.Queued.resubmission(TestClaims.attempt("c", NOW));

        assertThat(NextStep.of(queued(again), Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(24))))
                .isEqualTo(new NextStep.Fail(Failure.SUBMISSION_UNCONFIRMED));
    }

    private static Generation queued(State.Queued state) {
        var id = new GenerationId("00000000000000000000000000000001");
        var request = new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}");
        return new Generation(id, new Owner("acme"), request, NOW, 1, null, state);
    }

    @Test
    void aTaskThatWaitsIsAnsweredAtTheEndButNotForEver() {
        var ended = ended("a");

        assertThat(NextStep.of(ended, Timeouts.DEFAULTS, NOW))
                .isEqualTo(new NextStep.AttemptFollowUps(ended.followUps()));
        assertThat(NextStep.of(ended, Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(25))))
                .isEqualTo(new NextStep.AbandonFollowUps(ended.followUps()));
    }

    @Test
    void aTaskThatWaitsForACancelledRowIsAnsweredAsWell() {
        var cancelled = queued(State.Queued.at(3))
                .owing(List.of(new FollowUp.NotifyTask(new TaskToken("a"))))
                .cancelled(NOW);

        assertThat(NextStep.of(cancelled, Timeouts.DEFAULTS, NOW))
                .isEqualTo(new NextStep.AttemptFollowUps(cancelled.followUps()));
    }

    @Test
    void aFollowUpThatFailedWaitsAndDelaysNoOther() {
        var ended = ended("a", "b");
        var good = ended.followUps().getFirst();
        var failing = ended.followUps().getLast().failed(NOW);

        assertThat(NextStep.of(ended.withFollowUps(List.of(failing, good)), Timeouts.DEFAULTS, NOW))
                .isEqualTo(new NextStep.AttemptFollowUps(List.of(good)));
        assertThat(NextStep.of(ended.withFollowUps(List.of(failing)), Timeouts.DEFAULTS, NOW))
                .isEqualTo(new NextStep.Wait(failing.nextAt()));
        assertThat(NextStep.of(ended.withFollowUps(List.of(failing)), Timeouts.DEFAULTS, failing.nextAt()))
                .isEqualTo(new NextStep.AttemptFollowUps(List.of(failing)));
    }

    /** The copy of an image may take a minute. */
    @Test
    void aTaskIsNotifiedBeforeImagesAreCopiedThatWereDueEarlier() {
        var ended = ended("a");
        var task = ended.followUps().getFirst().failed(NOW.plusSeconds(1));
        var copy = new FollowUp(new FollowUp.CopyImage(0), NOW, 0, NOW);
        var owing = ended.withFollowUps(List.of(copy, task));

        assertThat(NextStep.of(owing, Timeouts.DEFAULTS, NOW.plusSeconds(2)))
                .isEqualTo(new NextStep.AttemptFollowUps(List.of(copy)));
        assertThat(NextStep.of(owing, Timeouts.DEFAULTS, task.nextAt()))
                .isEqualTo(new NextStep.AttemptFollowUps(List.of(task)));
    }

    @Test
    void aFollowUpThatWasAddedAfterTheEndHasItsWholeTime() {
        var aDayLater = NOW.plus(Duration.ofHours(24));
        var ended = ended("a").withFollowUp(new FollowUp.NotifyTask(new TaskToken("b")), aDayLater);
        var later = ended.followUps().getLast();

        assertThat(NextStep.of(ended, Timeouts.DEFAULTS, NOW.plus(Duration.ofHours(25))))
                .isEqualTo(
                        new NextStep.AbandonFollowUps(List.of(ended.followUps().getFirst())));
        assertThat(NextStep.of(ended.withFollowUps(List.of(later)), Timeouts.DEFAULTS, NOW.plus(Duration.ofDays(2))))
                .isEqualTo(new NextStep.AttemptFollowUps(List.of(later)));
    }

    /** A row that waited for a day with these tasks, and failed at {@code NOW}. */
    private static Generation ended(String... tokens) {
        var actions = Stream.of(tokens)
                .map(token -> new FollowUp.NotifyTask(new TaskToken(token)))
                .toList();
        return new Generation(
                        new GenerationId("00000000000000000000000000000001"),
                        new Owner("acme"),
                        new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}"),
                        NOW.minus(Duration.ofHours(24)),
                        3,
                        null,
                        State.Queued.at(3))
                .owing(actions)
                .failed(FAILURE, NOW);
    }
}
