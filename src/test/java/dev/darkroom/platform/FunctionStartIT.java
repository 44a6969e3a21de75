package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.local.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the start of a process to its first event. */
class FunctionStartIT {

    /** The JDK's own limit for an idle connection is 5 s. */
    private static final Duration IDLE = Duration.ofSeconds(7);

    private static final String UNAVAILABLE = StoreUnavailableException.class.getName();

    /** Each of them has a connection of its own. */
    private static final List<String> FUNCTIONS = List.of(
            "submit-generation",
            "get-generation",
            "poll-generations",
            "start-generation",
            "receive-webhook",
            "authorize");

    @ParameterizedTest
    @CsvSource({
        "WAVESPEED_API_KEY, '', WAVESPEED_API_KEY",
        "DARKROOM_SHARDS, many, darkroom.table.shards",
        "DARKROOM_SHARDS, 0, darkroom.table.shards",
        "QUARKUS_LAMBDA_HANDLER, no-such-handler, darkroom.function.handler"
    })
    void aStartThatFailsSaysWhyInOneLine(String variable, String value, String named) {
        try (var gateway = RunningPlatform.start(RunningPlatform.options().withEnvironment(Map.of(variable, value)))) {
            gateway.post("{\"prompt\": \"a cat\"}").then().statusCode(500);

            await().untilAsserted(() -> assertThat(gateway.log()).anyMatch(line -> line.contains(named)));
            assertThat(gateway.log().stream()
                            .filter(line -> line.contains(named))
                            .distinct())
                    .hasSize(1);
            assertThat(gateway.log()).noneMatch(line -> line.contains("Interrupted while waiting"));
            assertThat(gateway.rows()).isEmpty();
        }
    }

    @Test
    void theTableIsConnectedBeforeThereIsAnEvent() {
        try (var table = new TcpProxy(ServerSocketFactory.getDefault());
                var gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(table::before))) {
            gateway.platform().warmUp();

            await().untilAsserted(() -> assertThat(table.connections()).isEqualTo(FUNCTIONS.size()));
        }
    }

    @Test
    void theLogLevelCanBeSet() {
        try (var gateway = RunningPlatform.start(
                RunningPlatform.options().withEnvironment(Map.of("DARKROOM_LOG_LEVEL", "DEBUG")))) {
            gateway.submitted("a cat");

            await().untilAsserted(() -> assertThat(gateway.log())
                    .anyMatch(line -> line.startsWith("{\"timestamp\":") && line.contains("\"generation-claimed\"")));
        }
    }

    /** One after the other, because on a busy machine all at once would take longer than any of them waits for. */
    @Test
    void aFunctionThatIsStartedAheadOfTimeIsConnectedWhenItAsksForItsFirstEvent() {
        try (var table = new TcpProxy(ServerSocketFactory.getDefault());
                var gateway = RunningPlatform.start(RunningPlatform.options()
                        .withTableThrough(table::before)
                        .withEnvironment(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")))) {
            for (int started = 1; started <= FUNCTIONS.size(); started++) {
                gateway.platform().warmUp(FUNCTIONS.subList(0, started));

                assertThat(table.connections()).isEqualTo(started);
            }
        }
    }

    @Test
    void aStartWithoutTableAndProviderIsNoFailure() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options()
                .withEnvironment(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        "http://localhost:1",
                        "WAVESPEED_BASE_URL",
                        "http://localhost:1")))) {
            gateway.start("a cat").then().body("errorType", equalTo(UNAVAILABLE));
            var processes = gateway.platform().processes("start-generation");
            gateway.start("a cat").then().body("errorType", equalTo(UNAVAILABLE));

            assertThat(gateway.platform().processes("start-generation")).isEqualTo(processes);
            assertThat(gateway.log()).noneMatch(line -> line.contains("function-start-failed"));
        }
    }

    @Test
    void aConnectionToTheTableOutlivesAPause() {
        try (var table = new TcpProxy(ServerSocketFactory.getDefault());
                var gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(table::before))) {
            var id = gateway.submitted("a cat");
            gateway.completed(id);
            await().until(() -> !gateway.platform().isBusy());
            int connections = table.connections();

            await().during(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> table.connections() == connections);
            gateway.result(id);

            assertThat(table.connections()).isEqualTo(connections);
        }
    }
}
