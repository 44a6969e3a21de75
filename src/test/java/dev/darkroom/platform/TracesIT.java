package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.tracing.TestDaemon;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Functions that are deployed with traces tell the daemon of X-Ray of their calls, each in the trace of its event. */
class TracesIT {

    @Test
    void theCallsOfEachEventAreInItsTrace() {
        try (var daemon = new TestDaemon()) {
            var traced = RunningPlatform.options()
                    .withEnvironment(Map.of(
                            "DARKROOM_AWS_TRACING",
                            "true",
                            "AWS_XRAY_DAEMON_ADDRESS",
                            "127.0.0.1:" + daemon.address().getPort()));
            try (var gateway = RunningPlatform.start(traced)) {
                gateway.warmUp();
                daemon.received();

                gateway.completed(gateway.submitted("a cat"));
            }

            var submission = traceWith(daemon.received(), "submit");
            assertThat(names(submission)).contains("DynamoDB", "localhost");
            assertThat(submission)
                    .extracting(call -> call.path("parent_id").asText())
                    .containsOnly(submission.getFirst().path("parent_id").asText())
                    .allMatch(parent -> parent.matches("[0-9a-f]{16}"));
        }
    }

    /** The calls of the trace that contains a call with this operation. */
    private static List<JsonNode> traceWith(List<JsonNode> calls, String operation) {
        var trace = calls.stream()
                .filter(call -> call.at("/annotations/operation").asText().equals(operation))
                .map(call -> call.path("trace_id").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such call: " + calls));
        return calls.stream()
                .filter(call -> call.path("trace_id").asText().equals(trace))
                .toList();
    }

    private static Set<String> names(List<JsonNode> calls) {
        return calls.stream().map(call -> call.path("name").asText()).collect(Collectors.toSet());
    }
}
