package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.local.net.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the start of a process to its first event. */
class FunctionStartIT {

    /** The JDK's own limit for an idle connection is 5 s. */
    private static final Duration IDLE = Duration.ofSeconds(7);

    private static final String UNAVAILABLE = StoreUnavailableException.class.getName();

    /** The functions, each with a connection of its own to the table. */
    private static final List<String> FUNCTIONS = List.of(
            "submit-generation",
            "get-generation",
            "poll-generations",
            "start-generation",
            "receive-webhook",
            "manage-generations",
            "authorize");

    /** A platform whose settings the tests change. */
    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform deployed;

    @BeforeAll
    static void start() {
        deployed = RunningPlatform.start(RunningPlatform.options());
    }

    @AfterAll
    static void end() {
        deployed.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DARKROOM_WAVESPEED_API_KEY | ''              | DARKROOM_WAVESPEED_API_KEY must be set for this function
            DARKROOM_WAVESPEED_API_KEY | a-secret key    | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_WAVESPEED_API_KEY | 'a-secret\nkey' | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_WAVESPEED_API_KEY | 'a-secret-key\177' | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_TABLE_SHARDS      | many            | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not many
            DARKROOM_TABLE_SHARDS      | 0               | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not 0
            DARKROOM_TABLE_RETENTION   | 30              | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not 30
            QUARKUS_LAMBDA_HANDLER     | no-such-handler | manage-generations, not no-such-handler
            DARKROOM_MODELS_ALIASES    | wavespeed-ai/imagen4=bytedance/seedream-v4.5 | do not agree on negative_prompt, aspect_ratio, num_images, seed, size
            """)
    void aStartThatFailsSaysWhyInOneLine(String variable, String value, String sentence) {
        int logged = deployed.log().size();
        deployed.platform()
                .reconfigure(RunningPlatform.options().withEnvironment(Map.of(variable, value)))
                .join();

        deployed.post("{\"prompt\": \"a cat\"}").then().statusCode(500);

        await().untilAsserted(() -> assertThat(deployed.logSince(logged)).anyMatch(line -> line.contains(sentence)));
        // Of two functions that need it each says so, when the schedule starts the other one just then.
        assertThat(deployed.logSince(logged).stream()
                        .filter(line -> line.contains("function-start-failed: " + variable))
                        .map(line -> line.substring(line.indexOf("function-start-failed")))
                        .distinct())
                .singleElement()
                .asString()
                .contains(sentence);
        assertThat(deployed.log())
                .noneMatch(line -> line.contains("Exception") || line.contains("Interrupted while waiting"))
                .noneMatch(line -> line.contains("a-secret"));
        assertThat(deployed.rows()).isEmpty();
    }

    @Test
    void theTableIsConnectedBeforeThereIsAnEvent() {
        try (var table = new TcpProxy(ServerSocketFactory.getDefault());
                var gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(table::before))) {
            gateway.platform().warmUp();

            await().untilAsserted(() -> assertThat(table.connections()).isEqualTo(FUNCTIONS.size()));
        }
    }

    /** The key ends with a line break, like a key from a file. */
    @Test
    void theLogLevelCanBeSetAndShowsNothingOfTheKey() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options()
                .withEnvironment(Map.of(
                        "DARKROOM_FUNCTION_LOG_LEVEL", "DEBUG", "DARKROOM_WAVESPEED_API_KEY", "a-secret-key\r\n")))) {
            gateway.completed(gateway.submitted("a cat"));

            await().untilAsserted(() -> assertThat(gateway.log())
                    .anyMatch(line -> line.startsWith("{\"timestamp\":") && line.contains("\"generation-claimed\"")));
            assertThat(gateway.log()).noneMatch(line -> line.contains("a-secret"));
        }
    }

    /** One function after the other, because on a busy machine all at once would exceed the time-outs. */
    @Test
    void aFunctionThatIsStartedAheadOfTimeIsConnectedWhenItAsksForItsFirstEvent() {
        try (var table = new TcpProxy(ServerSocketFactory.getDefault());
                var gateway = RunningPlatform.start(RunningPlatform.options()
                        .withTableThrough(table::before)
                        .withEnvironment(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")))) {
            for (var function : FUNCTIONS) {
                int before = table.connections();

                gateway.platform().warmUp(List.of(function));

                // More than one after a time-out.
                assertThat(table.connections()).as(function).isGreaterThan(before);
            }
        }
    }

    @Test
    void aStartWithoutTableAndProviderSucceeds() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options()
                .withEnvironment(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        "http://localhost:1",
                        "DARKROOM_WAVESPEED_BASE_URL",
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
