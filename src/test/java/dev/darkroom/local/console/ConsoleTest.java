package dev.darkroom.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.local.events.ReceivedEvent;
import dev.darkroom.local.functions.Crashes;
import dev.darkroom.local.functions.Sender;
import dev.darkroom.local.gateway.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal shows, and what only the log file has. */
class ConsoleTest {

    private static final String ID = "3400bb9719724cc6a6dc93998e88307e";
    private static final String IMAGE = "http://localhost:8180/images/0123456789abcdef0123456789abcdef/0.png";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-26T12:00:07Z"), ZoneOffset.UTC);

    private static final String COMPLETED = """
            {"level": "INFO", "loggerName": "dev.darkroom.observability.LoggingGenerationListener", \
            "message": "generation-completed", "mdc": {"generationId": "%s", "images": "1", "elapsedMs": "4960"}}""".formatted(ID);

    private final Locale locale = Locale.getDefault();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private LogFile log;

    @SuppressWarnings("NullAway.Init")
    private Console console;

    @BeforeEach
    void open() {
        log = new LogFile(folder.resolve("functions.log"));
        console = new Console(log, new PrintStream(screen, true, StandardCharsets.UTF_8), NOON);
    }

    @AfterEach
    void close() {
        Locale.setDefault(locale);
        log.close();
    }

    @Test
    void aCompletedGenerationHasTheAddressOfItsImage() throws IOException {
        console.ready(_ -> List.of(IMAGE));

        console.logged("poll-generations", COMPLETED);

        assertThat(shown()).isEqualTo("12:00:07  completed  " + ID + "  1 image  5.0 s  " + IMAGE + "\n");
        assertThat(logged()).isEqualTo("poll-generations " + COMPLETED + "\n");
    }

    @Test
    void anEventOnTheBusIsShownAndIsInTheFileAsAWhole() throws IOException {
        var detail = JsonNodeFactory.instance.objectNode().put("id", ID).put("status", "failed");

        console.eventReceived(new ReceivedEvent("generations", "darkroom", "DarkroomGenerationFinished", detail));

        assertThat(shown())
                .isEqualTo("12:00:07  event      " + ID
                        + "  DarkroomGenerationFinished  failed  on the bus generations\n");
        assertThat(logged()).isEqualTo("generations DarkroomGenerationFinished " + detail + "\n");
    }

    @Test
    void aCancelledGenerationIsShown() {
        console.logged(
                "manage-generations",
                COMPLETED
                        .replace("generation-completed", "generation-cancelled")
                        .replace("\"images\": \"1\", ", ""));

        assertThat(shown()).isEqualTo("12:00:07  cancelled  " + ID + "  5.0 s\n");
    }

    @Test
    void anImageInTheAddressItselfIsCutShort() {
        console.ready(_ -> List.of("data:image/png;base64," + "A".repeat(600_000)));

        console.logged("poll-generations", COMPLETED);

        assertThat(shown()).endsWith("  data:image/png;base64,AAAAAAAAAAAAAAAAAA… (600022 characters)\n");
    }

    @Test
    void aTableThatDoesNotAnswerCostsOnlyTheAddress() {
        console.ready(_ -> {
            throw new IllegalStateException("the table did not answer");
        });

        console.logged("poll-generations", COMPLETED);

        assertThat(shown()).contains(ID + "  1 image  5.0 s  its address cannot be read: the table did not answer");
    }

    @Test
    void aWarningOfDarkroomIsShownWithItsFunction() {
        console.logged("submit-generation", """
                {"level": "WARN", "loggerName": "dev.darkroom.observability.LoggingGenerationListener", \
                "message": "submission-unconfirmed", "mdc": {"generationId": "%s"}}""".formatted(ID));

        assertThat(shown()).isEqualTo("12:00:07  warn       " + ID + "  submit-generation  submission-unconfirmed\n");
    }

    @Test
    void whatLibrariesLogIsOnlyInTheFile() throws IOException {
        var blocked = """
                {"level": "WARN", "loggerName": "io.vertx.core.impl.BlockedThreadChecker", \
                "message": "Thread Thread[vert.x-eventloop-thread-0,5,main] has been blocked for 2214 ms", "mdc": {}}""";

        console.logged("submit-generation", blocked);
        console.logged("submit-generation", "\tat java.base/java.lang.Thread.run(Thread.java:1474)");
        console.logged("submit-generation", "");

        assertThat(shown()).isEmpty();
        assertThat(logged())
                .contains("submit-generation " + blocked, "submit-generation \tat java.base/java.lang.Thread");
    }

    @Test
    void aRefusalAndAnErrorHaveMethodPathStatusCodeAndFields() throws IOException {
        console.ready(_ -> List.of());

        console.refused(
                new Refusal("POST", "/api/v3/wavespeed-ai/imagen4", 400, "invalid_input", List.of("prompt", "seed")));
        console.refused(new Refusal("GET", "/x", 500, "", List.of()));

        assertThat(shown()).isEqualTo("""
                12:00:07  refused    POST  /api/v3/wavespeed-ai/imagen4  400  invalid_input  prompt, seed
                12:00:07  error      GET  /x  500
                """);
        assertThat(logged()).startsWith("gateway POST /api/v3/wavespeed-ai/imagen4 400 invalid_input prompt, seed\n");
    }

    @Test
    void aCrashThatIsAnsweredWith500HasOneLine() throws IOException {
        console.ready(_ -> List.of());
        console.failed(Crashes.of("get-generation", Sender.http("GET", "/x")));

        console.refused(new Refusal("GET", "/x", 500, "Internal Server Error", List.of()));

        assertThat(shown())
                .containsOnlyOnce("\n")
                .startsWith("12:00:07  crashed    get-generation  ")
                .endsWith("signal: killed Runtime.ExitError  GET /x was answered 500\n");
        assertThat(logged()).contains("gateway GET /x 500 Internal Server Error");
    }

    @Test
    void aCrashExplainsOneAnswerOnly() {
        console.ready(_ -> List.of());
        console.failed(Crashes.of("get-generation", Sender.http("GET", "/x")));
        console.refused(new Refusal("GET", "/x", 500, "Internal Server Error", List.of()));

        console.refused(new Refusal("GET", "/x", 503, "store_unavailable", List.of()));

        assertThat(shown()).hasLineCount(2).endsWith("12:00:07  error      GET  /x  503  store_unavailable\n");
    }

    @Test
    void aServerThatEndsHasALineThatSaysWhatToDo() {
        console.serverEnded("DynamoDB Local", "signal: killed");

        assertThat(shown())
                .isEqualTo("12:00:07  crashed    DynamoDB Local  signal: killed  stop Darkroom and start it again\n");
    }

    @Test
    void theRefusalsOfThePlatformsOwnRequestsAreOnlyInTheFile() throws IOException {
        console.refused(new Refusal("POST", "/api/v3/wavespeed-ai/imagen4", 400, "invalid_input", List.of("prompt")));

        assertThat(shown()).isEmpty();
        assertThat(logged()).contains("invalid_input");
    }

    @Test
    void aFieldCannotChangeWhatTheTerminalShows() {
        console.ready(_ -> List.of());

        console.refused(new Refusal("POST", "/x", 400, "invalid_input", List.of("\u001b[2J\u202e\nprompt")));

        assertThat(shown()).endsWith("invalid_input  ?[2J??prompt\n");
    }

    @Test
    void aProcessThatExitsWithoutAnEventHasALine() throws IOException {
        console.exitedIdle("get-generation", "Runtime exited with error: signal: killed");

        assertThat(shown())
                .startsWith("12:00:07  crashed    get-generation  Runtime exited with error: signal: killed  ");
        assertThat(logged()).isEqualTo("get-generation Runtime exited with error: signal: killed\n");
    }

    @Test
    void anArabicLocaleChangesNoDigit() {
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
        console.ready(_ -> List.of(IMAGE));

        console.logged("poll-generations", COMPLETED);

        assertThat(shown()).isEqualTo("12:00:07  completed  " + ID + "  1 image  5.0 s  " + IMAGE + "\n");
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private String logged() throws IOException {
        return Files.readString(folder.resolve("functions.log"));
    }
}
