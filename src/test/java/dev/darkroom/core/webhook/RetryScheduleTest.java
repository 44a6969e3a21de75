package dev.darkroom.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1, PT5S",
        "2, PT5M",
        "3, PT30M",
        "4, PT2H",
        "5, PT5H",
        "6, PT10H",
        "7, PT14H",
        "8, PT20H",
        "9, PT24H"
    })
    void eachDelayIsWithinItsJitter(int failures, Duration delay) {
        var longest = Duration.ofMillis(Math.round(delay.toMillis() * (1 + RetrySchedule.JITTER)));

        assertThat(LongStream.range(0, 1_000).mapToObj(seed -> RetrySchedule.jittered(failures, seed)))
                .allSatisfy(each -> assertThat(each).isBetween(delay, longest));
    }

    @Test
    void deliveriesThatFailTogetherDoNotReturnTogether() {
        var delays = LongStream.range(0, 100)
                .mapToObj(seed -> RetrySchedule.jittered(3, seed))
                .distinct();

        assertThat(delays).hasSizeGreaterThan(95);
    }

    @Test
    void theDelaysTakeThreeDays() {
        var all = IntStream.range(0, RetrySchedule.ATTEMPTS)
                .mapToObj(RetrySchedule::delay)
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isEqualTo(Duration.parse("PT75H35M5S"));
    }
}
