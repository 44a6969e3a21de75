package dev.darkroom.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiverCircuitsTest {

    private static final Receiver.Host HOST = host("00000000000000aa");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ReceiverCircuits circuits = new ReceiverCircuits();
    private Instant now = START;

    private static Receiver.Host host(String key) {
        return new Receiver.Host(new ApiKeyId(key), "receiver.example:443");
    }

    @Test
    void fourFailuresInARowLeaveItClosed() {
        fail(4);

        assertThat(openFor()).isZero();
    }

    @Test
    void fiveFailuresInARowOpenItForHalfAMinute() {
        fail(5);

        assertThat(openFor()).isEqualTo(Duration.ofSeconds(30));
        assertThat(circuits.openUntil(HOST, now.plusSeconds(30))).isEmpty();
    }

    @Test
    void failuresThatAreMoreThanAMinuteApartNeverOpenIt() {
        for (int i = 0; i < 20; i++) {
            fail(1);
            now = now.plusSeconds(61);
        }

        assertThat(openFor()).isZero();
    }

    @Test
    void aSuccessBetweenThemCloses() {
        fail(4);
        circuits.succeeded(HOST);
        fail(4);

        assertThat(openFor()).isZero();
    }

    @Test
    void itOpensForLongerEachTimeAndForFiveMinutesAtMost() {
        var times = Stream.generate(() -> {
                    fail(5);
                    var time = openFor();
                    now = now.plus(time);
                    return time;
                })
                .limit(6)
                .toList();

        assertThat(times).isEqualTo(seconds(30, 60, 120, 240, 300, 300));
    }

    @Test
    void aHostThatWasLeftAloneForLongBeginsAnew() {
        fail(5);
        now = now.plusSeconds(30 + 301);
        fail(5);

        assertThat(openFor()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aHostThatAsksForAPauseGetsItAtOnceUpToFiveMinutes() {
        circuits.failed(HOST, Optional.of(Duration.ofSeconds(7)), now);
        assertThat(openFor()).isEqualTo(Duration.ofSeconds(7));

        circuits.failed(HOST, Optional.of(Duration.ofHours(1)), now);
        assertThat(openFor()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatWasSentBeforeItOpenedDoesNotCloseIt() {
        fail(5);
        fail(20);

        assertThat(openFor()).isEqualTo(Duration.ofSeconds(30));
        now = now.plusSeconds(30);
        fail(5);
        assertThat(openFor()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        circuits.failed(HOST, Optional.of(Duration.ofMinutes(2)), now);
        circuits.failed(HOST, Optional.of(SECOND), now);
        circuits.failed(HOST, Optional.empty(), now);

        assertThat(openFor()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void itIsThatOfOneApiKey() {
        fail(5);

        assertThat(circuits.openUntil(host("00000000000000bb"), now)).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuits.failed(HOST, Optional.empty(), now);
        }
    }

    private Duration openFor() {
        return circuits.openUntil(HOST, now)
                .map(until -> Duration.between(now, until))
                .orElse(Duration.ZERO);
    }

    private static List<Duration> seconds(long... times) {
        return Arrays.stream(times).mapToObj(Duration::ofSeconds).toList();
    }
}
