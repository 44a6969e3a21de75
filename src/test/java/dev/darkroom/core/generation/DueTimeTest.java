package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a row is due, as a table: by its state, and by what it owes after its end. */
class DueTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(2);
    private static final Instant LATER = NOW.plusSeconds(300);
    private static final PredictionId PREDICTION = new PredictionId("p");
    private static final FollowUp TRIED = new FollowUp(new NotifyTask(new TaskToken("a")), NOW, 1, SOON);
    private static final FollowUp TRIED_OFTEN = new FollowUp(new NotifyTask(new TaskToken("b")), NOW, 9, LATER);

    static Stream<Arguments> consistent() {
        return Stream.of(
                Arguments.of(queued(), List.of(), null),
                Arguments.of(queued(), List.of(TRIED), null),
                Arguments.of(submitting(), List.of(), NOW),
                Arguments.of(submitting(), List.of(TRIED), NOW),
                Arguments.of(unconfirmed(), List.of(), LATER),
                Arguments.of(unconfirmed(), List.of(TRIED), LATER),
                Arguments.of(processing(), List.of(), LATER),
                Arguments.of(processing(), List.of(TRIED), LATER),
                Arguments.of(completed(), List.of(), null),
                Arguments.of(completed(), List.of(TRIED), SOON),
                Arguments.of(completed(), List.of(TRIED_OFTEN, TRIED), SOON),
                Arguments.of(failed(), List.of(), null),
                Arguments.of(failed(), List.of(TRIED_OFTEN), LATER),
                Arguments.of(cancelled(), List.of(), null),
                Arguments.of(cancelled(), List.of(TRIED), SOON));
    }

    @ParameterizedTest
    @MethodSource("consistent")
    void aRowIsDueAsLongAsItRunsOutsideOfTheQueueOrOwesAFollowUp(
            State state, List<FollowUp> followUps, @Nullable Instant dueAt) {
        assertThat(row(state, followUps, dueAt).dueAt()).isEqualTo(dueAt);
    }

    static Stream<Arguments> inconsistent() {
        return Stream.of(
                Arguments.of(queued(), List.of(), NOW),
                Arguments.of(queued(), List.of(TRIED), SOON),
                Arguments.of(submitting(), List.of(), null),
                Arguments.of(unconfirmed(), List.of(TRIED), null),
                Arguments.of(processing(), List.of(TRIED), null),
                Arguments.of(completed(), List.of(), NOW),
                Arguments.of(completed(), List.of(TRIED), null),
                Arguments.of(completed(), List.of(TRIED), LATER),
                Arguments.of(failed(), List.of(), NOW),
                Arguments.of(failed(), List.of(TRIED_OFTEN, TRIED), LATER),
                Arguments.of(cancelled(), List.of(), NOW),
                Arguments.of(cancelled(), List.of(TRIED), null));
    }

    @ParameterizedTest
    @MethodSource("inconsistent")
    void anyOtherDueTimeIsRefused(State state, List<FollowUp> followUps, @Nullable Instant dueAt) {
        assertThatIllegalArgumentException().isThrownBy(() -> row(state, followUps, dueAt));
    }

    private static Generation row(State state, List<FollowUp> followUps, @Nullable Instant dueAt) {
        return new Generation(
                new GenerationId("00000000000000000000000000000001"),
                new Owner("acme"),
                new GenerationRequest(new ModelId("a/b"), new ProviderId("wavespeed"), "{}"),
                NOW,
                3,
                dueAt,
                state,
                followUps);
    }

    private static State queued() {
        return State.Queued.at(3);
    }

    private static State submitting() {
        return TestClaims.claim("c", NOW);
    }

    private static State unconfirmed() {
        return new State.Unconfirmed(TestClaims.attempt("c", NOW), "HTTP 504");
    }

    private static State processing() {
        return new State.Processing(PREDICTION, NOW, "a/b");
    }

    private static State completed() {
        return new State.Completed(PREDICTION, List.of(new Output("https://a/1.png", false)), Duration.ZERO, NOW);
    }

    private static State failed() {
        return new State.Failed(PREDICTION, new Failure("code", "text"), NOW);
    }

    private static State cancelled() {
        return new State.Cancelled(NOW);
    }
}
