package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.errors.StoreUnavailableException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the start of a process to its first event. */
class FunctionStartIT {

    private static final String UNAVAILABLE = StoreUnavailableException.class.getName();

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
            DARKROOM_WAVESPEED_API_KEY_SECRET | ''       | DARKROOM_WAVESPEED_API_KEY_SECRET or DARKROOM_WAVESPEED_API_KEY must be set for this function
            DARKROOM_WAVESPEED_API_KEY | a-secret key    | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_WAVESPEED_API_KEY | 'a-secret\nkey' | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_WAVESPEED_API_KEY | 'a-secret-key\177' | DARKROOM_WAVESPEED_API_KEY must be visible ASCII characters without a blank or ${
            DARKROOM_TABLE_SHARDS      | many            | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not many
            DARKROOM_TABLE_SHARDS      | 0               | DARKROOM_TABLE_SHARDS must be a whole number from 1 to 1000, not 0
            DARKROOM_TABLE_RETENTION   | 30              | DARKROOM_TABLE_RETENTION must be an ISO-8601 duration from P8D to P3650D, not 30
            QUARKUS_LAMBDA_HANDLER     | no-such-handler | get-image, not no-such-handler
            DARKROOM_MODELS_ALIASES    | wavespeed-ai/imagen4=bytedance/seedream-v4.5 | do not agree on negative_prompt, aspect_ratio, num_images, seed, size
            """)
    void aStartThatFailsSaysWhyInOneLine(String variable, String value, String sentence) {
        deployed.reconfigure(RunningPlatform.options().withEnvironment(Map.of(variable, value)));
        int logged = deployed.log().size();
        int rows = deployed.rows().size();

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
        assertThat(deployed.logSince(logged))
                .noneMatch(line -> line.contains("Exception") || line.contains("Interrupted while waiting"))
                .noneMatch(line -> line.contains("a-secret"));
        assertThat(deployed.rows()).hasSize(rows);
    }

    /** The key ends with a line break, like a key from a file. */
    @Test
    void theLogLevelCanBeSetAndShowsNothingOfTheKey() {
        deployed.reconfigure(RunningPlatform.options()
                .withEnvironment(Map.of(
                        "DARKROOM_FUNCTION_LOG_LEVEL", "DEBUG", "DARKROOM_WAVESPEED_API_KEY", "a-secret-key\r\n")));
        int logged = deployed.log().size();

        deployed.completed(deployed.submitted("a cat"));

        await().untilAsserted(() -> assertThat(deployed.logSince(logged))
                .anyMatch(line -> line.startsWith("{\"timestamp\":") && line.contains("\"generation-claimed\"")));
        assertThat(deployed.logSince(logged)).noneMatch(line -> line.contains("a-secret"));
    }

    @Test
    void aStartWithoutTableAndProviderSucceeds() {
        deployed.reconfigure(RunningPlatform.options()
                .withEnvironment(Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB",
                        "http://localhost:1",
                        "DARKROOM_WAVESPEED_BASE_URL",
                        "http://localhost:1")));
        int logged = deployed.log().size();

        deployed.start("a cat").then().body("errorType", equalTo(UNAVAILABLE));
        var processes = deployed.platform().processes("start-generation");
        // A process that has answered and does not wait for the next event yet would get a second one beside it.
        await().until(() -> !deployed.platform().isBusy());
        deployed.start("a cat").then().body("errorType", equalTo(UNAVAILABLE));

        assertThat(deployed.platform().processes("start-generation")).isEqualTo(processes);
        assertThat(deployed.logSince(logged)).noneMatch(line -> line.contains("function-start-failed"));
    }

    @Test
    void newSettingsStartNewProcesses() {
        deployed.reconfigure(RunningPlatform.options());
        deployed.warmUp();
        var old = deployed.platform().processes("submit-generation");

        deployed.reconfigure(RunningPlatform.options().withEnvironment(Map.of("DARKROOM_FUNCTION_LOG_LEVEL", "ERROR")));
        deployed.submitted("a cat");

        assertThat(deployed.platform().processes("submit-generation"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(old);
    }
}
