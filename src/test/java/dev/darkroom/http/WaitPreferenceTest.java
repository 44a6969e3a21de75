package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wait=7                              | 7
            wait=0                              | 0
            wait=300                            | 300
            Wait=7                              | 7
            wait = 7                            | 7
            wait="7"                            | 7
            wait=007                            | 7
            wait=7; reason=batch                | 7
            respond-async, wait=7               | 7
            respond-async;wait=1, wait=7        | 7
            wait=7, return=minimal              | 7
            wait=7, wait=9                      | 7
            return=minimal,wait=7               | 7
            """)
    void theFirstWaitOfTheHeaderCounts(String header, long seconds) {
        assertThat(preference(header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "return=minimal",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=soon",
                "wait=7s",
                "wait=\"7",
                "wait=7 8",
                "wait=12345678901234567890",
                "waiting=7",
                "await=7",
                "wait=soon, wait=7",
            })
    void whatIsNoNumberOfSecondsIsIgnored(String header) {
        assertThat(preference(header)).isEmpty();
    }

    @Test
    void withoutTheHeaderThereIsNoPreference() {
        assertThat(WaitPreference.of(new ApiGatewayRequest(Requests.valid()))).isEmpty();
    }

    private static Optional<Duration> preference(String header) {
        return WaitPreference.of(new ApiGatewayRequest(Requests.withHeader(Requests.valid(), "prefer", header)));
    }
}
