package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Deadline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpGuardTest {

    private static final Instant ARRIVAL = Instant.parse("2026-01-01T12:00:00Z");

    private final HttpGuard guard = new HttpGuard(new Metrics(() -> "dev", InstantSource.system()));
    private final List<Optional<Instant>> deadlines = new ArrayList<>();

    @Test
    void whatAHandlerDoesEndsWhenTheCallerHasToBeAnswered() {
        var event = Json.object();
        event.putObject("requestContext").put("timeEpoch", ARRIVAL.toEpochMilli());

        guard.run(new FakeContext(1_000), new ApiGatewayRequest(event), this::seen);

        assertThat(deadlines).containsExactly(Optional.of(ARRIVAL.plusMillis(8_500)));
    }

    @Test
    void aRequestThatSaysNothingOfItsArrivalHasTime() {
        guard.run(new FakeContext(1_000), new ApiGatewayRequest(Json.object()), this::seen);

        assertThat(deadlines).containsExactly(Optional.empty());
    }

    private ObjectNode seen() {
        deadlines.add(Deadline.current());
        return Json.object();
    }
}
