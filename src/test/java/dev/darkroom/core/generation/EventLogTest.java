package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an event log keeps. */
class EventLogTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /** The event number {@code second}, at that second. */
    private static Entry entry(int second) {
        return Event.DOUBTED.at(NOW.plusSeconds(second));
    }

    private static EventLog of(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(EventLogTest::entry)
                .reduce(EventLog.EMPTY, EventLog::with, (first, _) -> first);
    }

    @Test
    void twentyEntriesAreKeptInTheirOrder() {
        var log = of(20);

        assertThat(log.dropped()).isZero();
        assertThat(log.entries())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(EventLogTest::entry).toList());
    }

    @Test
    void ofMoreTheFirstFiveAndTheLastFifteenAreKept() {
        var log = of(1_000);

        assertThat(log.dropped()).isEqualTo(980);
        assertThat(log.entries().subList(0, 5)).containsExactly(entry(0), entry(1), entry(2), entry(3), entry(4));
        assertThat(log.entries().subList(5, 20))
                .containsExactlyElementsOf(IntStream.range(985, 1_000)
                        .mapToObj(EventLogTest::entry)
                        .toList());
    }

    @Test
    void moreThanTwentyEntriesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventLog(Collections.nCopies(21, entry(0)), 0));
    }

    /** An entry has at most 40 bytes: the name, a colon, up to 15 digits with a sign, and a blank. */
    @ParameterizedTest
    @EnumSource
    void anEventHasAShortNameByWhichItIsFoundAgain(Event event) {
        assertThat(event.title()).matches("[a-z]+(-[a-z]+)*").hasSizeLessThanOrEqualTo(20);
        assertThat(Event.of(event.title())).contains(event);
    }

    @Test
    void aNameOfALaterVersionIsUnknown() {
        assertThat(Event.of("painted")).isEmpty();
    }
}
