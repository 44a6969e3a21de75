package dev.darkroom.core.joining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallRecordTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void whatIsOwedOrInProgressIsNeverForgotten() {
        var open = IntStream.range(0, CallRecord.MAX_OPEN)
                .mapToObj(id -> call(id, id % 2 == 0 ? held(Duration.ZERO) : owed(Duration.ofMinutes(59))));
        var record = new CallRecord(Stream.concat(open, Stream.of(call(900, answered(Duration.ofMinutes(5)))))
                .toList());

        assertThat(record.forgettable(NOW)).containsExactly(id(900));
        assertThat(record.isOverfull(NOW)).isFalse();
    }

    @Test
    void whatNoRequestMayJoinAnyMoreIsForgotten() {
        var record = new CallRecord(List.of(
                call(1, held(ClientCall.OPEN_FOR)),
                call(2, owed(ClientCall.OPEN_FOR)),
                call(3, answered(ClientCall.ANSWERED_FOR)),
                call(4, answered(Duration.ofSeconds(299)))));

        assertThat(record.forgettable(NOW)).containsExactlyInAnyOrder(id(1), id(2), id(3));
    }

    @Test
    void beyondAFewOnlyTheLastAnswersAreKept() {
        var record = new CallRecord(IntStream.range(10, 30)
                .mapToObj(seconds -> call(seconds, answered(Duration.ofSeconds(seconds))))
                .toList());

        assertThat(record.forgettable(NOW))
                .hasSize(20 - (CallRecord.MAX_ANSWERED - 1))
                .contains(id(29), id(10 + CallRecord.MAX_ANSWERED - 1))
                .doesNotContain(id(10), id(10 + CallRecord.MAX_ANSWERED - 2));
    }

    @Test
    void noAnswerOfTheLastTenSecondsIsForgotten() {
        var record = new CallRecord(IntStream.rangeClosed(1, 20)
                .mapToObj(id -> call(id, answered(Duration.ofMillis(9_999))))
                .toList());

        assertThat(record.forgettable(NOW)).isEmpty();
    }

    @Test
    void oneOpenCallMoreIsTooMany() {
        var record = new CallRecord(IntStream.rangeClosed(0, CallRecord.MAX_OPEN)
                .mapToObj(id -> call(id, held(Duration.ZERO)))
                .toList());

        assertThat(record.isOverfull(NOW)).isTrue();
        assertThat(record.isOverfull(NOW.plus(ClientCall.OPEN_FOR).plusSeconds(5)))
                .isFalse();
    }

    private static CallState held(Duration ago) {
        return new CallState.Held(NOW.minus(ago).minusSeconds(30), "h", NOW.minus(ago), false);
    }

    private static CallState owed(Duration ago) {
        return new CallState.Owed(NOW.minus(ago).minusSeconds(30), "h", NOW.minus(ago));
    }

    private static CallState answered(Duration ago) {
        return new CallState.Answered("h", NOW.minus(ago));
    }

    private static ClientCall call(int id, CallState state) {
        return new ClientCall(id(id), 1, state);
    }

    private static GenerationId id(int id) {
        return new GenerationId("%032x".formatted(id));
    }
}
