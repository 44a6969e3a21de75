package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import dev.darkroom.observability.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class HttpErrorBoundaryTest {

    private final TestClock clock = new TestClock();
    private final HttpErrorBoundary boundary = new HttpErrorBoundary(new Metrics(() -> "dev", clock), clock);
    private final List<Optional<Instant>> deadlines = new ArrayList<>();

    @Test
    void whatAHandlerDoesEndsWhenTheCallerHasToBeAnswered() {
        boundary.run(
                new FakeContext(1_000), requestThatCame(Duration.ofSeconds(3)), WaveSpeedDialect.INSTANCE, this::seen);

        assertThat(deadlines).containsExactly(Optional.of(clock.instant().plusMillis(5_500)));
    }

    @Test
    void aRequestThatArrivesLateIsExecutedAllTheSame() {
        boundary.run(
                new FakeContext(1_000), requestThatCame(Duration.ofSeconds(5)), WaveSpeedDialect.INSTANCE, this::seen);
        boundary.run(
                new FakeContext(1_000), requestThatCame(Duration.ofSeconds(20)), WaveSpeedDialect.INSTANCE, this::seen);

        assertThat(deadlines).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aRequestThatSaysNothingOfItsArrivalHasTime() {
        boundary.run(
                new FakeContext(1_000),
                new ApiGatewayRequest(JsonNodeFactory.instance.objectNode()),
                WaveSpeedDialect.INSTANCE,
                this::seen);

        assertThat(deadlines).containsExactly(Optional.empty());
    }

    @Test
    void theCallersTraceIsInLogLinesAndKnownToWhatTheHandlerDoes() {
        var seen = new ArrayList<Object>();

        for (var header : List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "not valid")) {
            var event = JsonNodeFactory.instance.objectNode();
            event.putObject("headers").put("traceparent", header);
            boundary.run(new FakeContext(1_000), new ApiGatewayRequest(event), WaveSpeedDialect.INSTANCE, () -> {
                seen.add(String.valueOf(MDC.get("traceparent")));
                seen.add(TraceParent.current().map(TraceParent::value).orElse("none"));
                return JsonNodeFactory.instance.objectNode();
            });
        }

        assertThat(seen)
                .containsExactly(
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "null",
                        "none");
        assertThat(MDC.get("traceparent")).isNull();
    }

    private ApiGatewayRequest requestThatCame(Duration ago) {
        var event = JsonNodeFactory.instance.objectNode();
        event.putObject("requestContext")
                .put("timeEpoch", clock.instant().minus(ago).toEpochMilli());
        return new ApiGatewayRequest(event);
    }

    private ObjectNode seen() {
        deadlines.add(Deadline.current());
        return JsonNodeFactory.instance.objectNode();
    }
}
