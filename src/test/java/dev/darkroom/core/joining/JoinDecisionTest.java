package dev.darkroom.core.joining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.JoinDecision.Begin;
import dev.darkroom.core.joining.JoinDecision.Join;
import dev.darkroom.core.joining.JoinDecision.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which call each request gets, as a table. */
class JoinDecisionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static final int UNMARKED = 0;
    private static final int MARKED = 1;

    private static final ClientCall HELD = held(1, 20, 1);
    private static final ClientCall HELD_LATER = held(2, 10, 1);
    private static final ClientCall HELD_BY_A_RETRY = held(3, 30, 2);
    private static final ClientCall OWED = owed(4, 40, Duration.ofSeconds(1));
    private static final ClientCall OWED_LATER = owed(5, 30, Duration.ofSeconds(15));
    private static final ClientCall OWED_TOO_LONG = owed(6, 3_700, ClientCall.OPEN_FOR);
    private static final ClientCall ANSWERED = answered(7, Duration.ofSeconds(1));
    private static final ClientCall ANSWERED_BEFORE = answered(8, Duration.ofSeconds(299));
    private static final ClientCall ANSWERED_TOO_LONG_AGO = answered(9, ClientCall.ANSWERED_FOR);

    /** Their processes have died. */
    private static final ClientCall ABANDONED = call(10, 1, new CallState.Held(NOW.minusSeconds(40), "h", NOW, false));

    private static final ClientCall ABANDONED_AND_OWED =
            call(11, 2, new CallState.Held(NOW.minusSeconds(70), "h", NOW, true));
    private static final ClientCall ABANDONED_TOO_LONG_AGO =
            call(12, 1, new CallState.Held(NOW.minusSeconds(3_700), "h", NOW.minus(ClientCall.OPEN_FOR), false));

    static Stream<Arguments> table() {
        return Stream.of(
                // Nothing to join.
                Arguments.of(List.of(), UNMARKED, new Begin()),
                Arguments.of(List.of(), MARKED, new Begin()),
                // Two equal requests at once are two calls, and so is one after an answer.
                Arguments.of(List.of(HELD), UNMARKED, new Begin()),
                Arguments.of(List.of(ABANDONED), UNMARKED, new Begin()),
                Arguments.of(List.of(ANSWERED), UNMARKED, new Begin()),
                Arguments.of(List.of(HELD, ANSWERED), UNMARKED, new Begin()),
                // What is owed comes first, the oldest of it before the others.
                Arguments.of(List.of(OWED), UNMARKED, new Take(OWED)),
                Arguments.of(List.of(OWED), MARKED, new Take(OWED)),
                Arguments.of(List.of(OWED_LATER, OWED, HELD), UNMARKED, new Take(OWED)),
                Arguments.of(List.of(OWED_LATER, OWED, HELD, ANSWERED), MARKED, new Take(OWED)),
                Arguments.of(List.of(ABANDONED_AND_OWED, OWED), UNMARKED, new Take(ABANDONED_AND_OWED)),
                // Then what is in progress, whether or not its process lives.
                Arguments.of(List.of(HELD), MARKED, new Join(HELD, true)),
                Arguments.of(List.of(ABANDONED), MARKED, new Join(ABANDONED, true)),
                Arguments.of(List.of(HELD, ANSWERED), MARKED, new Join(HELD, true)),
                // Of several, the one with as many requests as the client has sent; of these, the oldest.
                Arguments.of(List.of(HELD_LATER, HELD), 1, new Join(HELD, false)),
                Arguments.of(List.of(HELD_BY_A_RETRY, HELD, HELD_LATER), 1, new Join(HELD, false)),
                Arguments.of(List.of(HELD, HELD_BY_A_RETRY), 2, new Join(HELD_BY_A_RETRY, false)),
                // Then what was just answered, the last of it before the others.
                Arguments.of(List.of(ANSWERED), MARKED, new Join(ANSWERED, true)),
                Arguments.of(List.of(ANSWERED_BEFORE, ANSWERED), MARKED, new Join(ANSWERED, false)),
                // Everything has an end.
                Arguments.of(List.of(OWED_TOO_LONG), UNMARKED, new Begin()),
                Arguments.of(List.of(OWED_TOO_LONG), MARKED, new Begin()),
                Arguments.of(List.of(ABANDONED_TOO_LONG_AGO), MARKED, new Begin()),
                Arguments.of(List.of(ANSWERED_TOO_LONG_AGO), MARKED, new Begin()),
                Arguments.of(List.of(OWED_TOO_LONG, ANSWERED_TOO_LONG_AGO, HELD), MARKED, new Join(HELD, true)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theRecordAndTheRequestDecideTheCall(List<ClientCall> calls, int retries, JoinDecision expected) {
        assertThat(JoinDecision.of(new CallRecord(calls), retries, 0, NOW)).isEqualTo(expected);
    }

    @Test
    void requestsThatLoseAgainstOthersSpreadOverWhatIsOwed() {
        var record = new CallRecord(List.of(OWED, OWED_LATER, HELD));

        assertThat(Stream.of(0, 1, 2, 3).map(spread -> JoinDecision.of(record, UNMARKED, spread, NOW)))
                .containsExactly(new Take(OWED), new Take(OWED_LATER), new Take(OWED), new Take(OWED_LATER));
    }

    @Test
    void retriesThatLoseAgainstOthersSpreadOverTheCallsThatAreEquallyGood() {
        var record = new CallRecord(List.of(HELD, HELD_LATER, HELD_BY_A_RETRY));

        assertThat(Stream.of(0, 1, 2).map(spread -> JoinDecision.of(record, MARKED, spread, NOW)))
                .containsExactly(new Join(HELD, false), new Join(HELD_LATER, false), new Join(HELD, false));
    }

    private static ClientCall held(int id, int secondsAgo, int requests) {
        return call(id, requests, new CallState.Held(NOW.minusSeconds(secondsAgo), "h", NOW.plusSeconds(5), false));
    }

    private static ClientCall owed(int id, int secondsAgo, Duration ago) {
        return call(id, 1, new CallState.Owed(NOW.minusSeconds(secondsAgo), "h", NOW.minus(ago)));
    }

    private static ClientCall answered(int id, Duration ago) {
        return call(id, 1, new CallState.Answered("h", NOW.minus(ago)));
    }

    private static ClientCall call(int id, int requests, CallState state) {
        return new ClientCall(new GenerationId("%032x".formatted(id)), requests, state);
    }
}
