package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {

    private static final FakeContext FUNCTION = new FakeContext(29_000);

    private final TestClock clock = new TestClock();
    private final Instant now = clock.instant();
    private final AnswerLimit limit = new AnswerLimit(clock);

    @Test
    void aCallerWaits25SecondsAtMost() {
        var wait = limit.longest(arrived(Duration.ZERO), FUNCTION);

        assertThat(wait).isEqualTo(new Wait(now, now.plusSeconds(25)));
    }

    @Test
    void theTimeCountsFromTheArrival() {
        var wait = limit.longest(arrived(Duration.ofSeconds(6)), FUNCTION);

        assertThat(wait.until()).isEqualTo(now.plusSeconds(19));
        assertThat(wait.time()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void theTimeCountsFromNowWhenTheArrivalIsNotKnown() {
        var wait = limit.longest(new ApiGatewayRequest(Requests.valid()), FUNCTION);

        assertThat(wait).isEqualTo(new Wait(now, now.plusSeconds(25)));
    }

    @Test
    void theFunctionHasTwoSecondsAfterTheWait() {
        var wait = limit.longest(arrived(Duration.ofSeconds(3)), new FakeContext(12_000));

        assertThat(wait.until()).isEqualTo(now.plusSeconds(10));
    }

    @Test
    void aFunctionWithoutTimeDoesNotWait() {
        var wait = limit.longest(arrived(Duration.ZERO), new FakeContext(1_500));

        assertThat(wait.until()).isBefore(now);
        assertThat(wait.time()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "wavespeed-js, 0.2.6, 8500",
        "wavespeed-js, 0.0.15, 8500",
        "wavespeed-js, 0.3.2, 25000",
        "wavespeed-js, 1.0.0, 25000",
        "wavespeed-go, 0.2.4, 8500",
        "wavespeed-go, v0.2.4, 8500",
        "wavespeed-go, 0.2, 8500",
        "my-shop, 0.2.6, 8500",
        "wavespeed-python, 2.0.1, 25000",
        "wavespeed-java, 0.2.4, 25000",
        "my-shop, 0.20.1, 25000",
        "my-shop, 0.3.0-beta, 25000",
        "my-shop, latest, 25000",
        "my-shop, '', 25000",
    })
    void aClientThatGivesUpAfterTenSecondsIsAnsweredBefore(String name, String version, long millis) {
        var request = arrived(Duration.ZERO, Map.of("x-client-name", name, "x-client-version", version));

        assertThat(limit.longest(request, FUNCTION).time()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aVersionWithoutANameSaysNothing() {
        var request = arrived(Duration.ZERO, Map.of("x-client-version", "0.2.6"));

        assertThat(limit.longest(request, FUNCTION).time()).isEqualTo(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", "25, 25", "26, 25", "300, 25"})
    void aPreferredWaitIsCutToTheLongest(int preferred, int applied) {
        var request = arrived(Duration.ofSeconds(2), Map.of("prefer", "wait=" + preferred));

        var wait = limit.preferred(request, FUNCTION).orElseThrow();

        assertThat(wait.until()).isEqualTo(now.plusSeconds(applied - 2));
        assertThat(wait.headers()).isEqualTo(Map.of("preference-applied", "wait=" + applied));
    }

    @Test
    void aPreferenceDoesNotMakeAClientMorePatient() {
        var request = arrived(
                Duration.ZERO,
                Map.of("prefer", "wait=25", "x-client-name", "wavespeed-js", "x-client-version", "0.2.6"));

        var wait = limit.preferred(request, FUNCTION).orElseThrow();

        assertThat(wait.until()).isEqualTo(now.plusMillis(8_500));
        assertThat(wait.headers()).isEqualTo(Map.of("preference-applied", "wait=8"));
    }

    @Test
    void withoutAPreferenceNothingIsPreferred() {
        assertThat(limit.preferred(arrived(Duration.ZERO), FUNCTION)).isEqualTo(Optional.empty());
    }

    private ApiGatewayRequest arrived(Duration ago) {
        return arrived(ago, Map.of());
    }

    private ApiGatewayRequest arrived(Duration ago, Map<String, String> headers) {
        ObjectNode event = Requests.valid();
        event.withObject("/requestContext").put("timeEpoch", now.minus(ago).toEpochMilli());
        headers.forEach((name, value) -> Requests.withHeader(event, name, value));
        return new ApiGatewayRequest(event);
    }
}
