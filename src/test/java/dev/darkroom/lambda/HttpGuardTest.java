package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Deadline;
import dev.darkroom.application.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpGuardTest {

    private final TestClock clock = new TestClock();
    private final HttpGuard guard = new HttpGuard(new Metrics(() -> "dev", clock), clock);
    private final List<Optional<Instant>> deadlines = new ArrayList<>();

    @Test
    void whatAHandlerDoesEndsWhenTheCallerHasToBeAnswered() {
        guard.run(new FakeContext(1_000), requestThatCame(Duration.ofSeconds(3)), this::seen);

        assertThat(deadlines).containsExactly(Optional.of(clock.instant().plusMillis(5_500)));
    }

    @Test
    void aRequestThatComesLateIsDoneAllTheSame() {
        guard.run(new FakeContext(1_000), requestThatCame(Duration.ofSeconds(5)), this::seen);
        guard.run(new FakeContext(1_000), requestThatCame(Duration.ofSeconds(20)), this::seen);

        assertThat(deadlines).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aRequestThatSaysNothingOfItsArrivalHasTime() {
        guard.run(new FakeContext(1_000), new ApiGatewayRequest(Json.object()), this::seen);

        assertThat(deadlines).containsExactly(Optional.empty());
    }

    private ApiGatewayRequest requestThatCame(Duration ago) {
        var event = Json.object();
        event.putObject("requestContext")
                .put("timeEpoch", clock.instant().minus(ago).toEpochMilli());
        return new ApiGatewayRequest(event);
    }

    private ObjectNode seen() {
        deadlines.add(Deadline.current());
        return Json.object();
    }
}
