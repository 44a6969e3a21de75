package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minute with {@code make run}, in a terminal of an Arabic locale. */
class RunPlatformIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern KEY = Pattern.compile("Bearer (drk_[^']+)'");
    private static final Pattern SIMULATOR = Pattern.compile("simulated at (\\S+)");

    @TempDir
    private Path folder = Path.of("");

    private int port;

    @SuppressWarnings("NullAway.Init")
    private Process platform;

    private List<ProcessHandle> started = List.of();

    @BeforeEach
    void start() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        platform = java("dev.darkroom.local.RunPlatform", "terminal");
        await().atMost(TIMEOUT).until(() -> terminal().contains("Ctrl-C stops Darkroom."));
        started = platform.descendants().toList();
    }

    @AfterEach
    void end() {
        platform.destroy();
        platform.onExit().join();
        // A killed platform leaves the table behind.
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void itSaysWhatItDoesAndItsFirstRequestIsAnswered() {
        var response = post("a lighthouse at dawn");

        response.then().statusCode(200);
        var image = "http://localhost:" + port + "/images/";
        await().atMost(TIMEOUT)
                .until(() -> terminal().contains("completed  " + response.path("data.id"))
                        && terminal().contains(image));
        assertThat(given().get(image + found(Pattern.compile("/images/(\\S+)"))).contentType())
                .isEqualTo("image/png");
        assertThat(terminal())
                .startsWith("Starting Darkroom; the log is target/local/functions-" + port + ".log.\n  0 s  starting")
                .contains("Darkroom is ready at http://localhost:" + port + "\n")
                .doesNotContain("refused", "Thread", "WARN")
                .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    @Test
    void aRefusedRequestIsVisible() {
        post("").then().statusCode(400);

        await().until(() ->
                terminal().contains("  refused    POST  " + RunningPlatform.MODEL + "  400  invalid_input  prompt\n"));
    }

    @Test
    void aFunctionThatIsKilledDuringARequestIsVisible() {
        var answer = CompletableFuture.supplyAsync(() -> post("a cat [accept-then-hang]"));
        await().until(() ->
                given().get(found(SIMULATOR) + "/simulator/counters").<Integer>path("posts") == 1);

        processesOf("submit-generation").forEach(ProcessHandle::destroyForcibly);

        answer.join().then().statusCode(500);
        assertThat(terminal())
                .containsPattern("  crashed    submit-generation  RequestId: \\S+ Error: Runtime exited with error: "
                        + "signal: killed Runtime.ExitError  POST " + RunningPlatform.MODEL + " was answered 500\n")
                .doesNotContain("  refused  ", "  error  ");
        assertThat(text(Path.of("target/local/functions-" + port + ".log")))
                .containsPattern("submit-generation RequestId: \\S+ Error: Runtime exited with error: signal: killed");
    }

    @Test
    void theImagesOfAnOwnerAreExported() throws IOException {
        String id = post("a lighthouse at dawn").path("data.id");
        var images = folder.resolve("images");

        await().atMost(TIMEOUT)
                .until(() -> export(images) == 0
                        && text(images.resolve("local.csv")).contains("\"copied\",\"\",\"%s\"".formatted(id)));

        try (var links = new OpenedLinks()) {
            assertThat(images.resolve(id + "-0.png"))
                    .hasBinaryContent(links.download(found(Pattern.compile("(http\\S+/images/\\S+)"))));
        }
        assertThat(text(folder.resolve("export"))).contains("Done: ", " copied");
    }

    private int export(Path to) throws IOException, InterruptedException {
        return java("dev.darkroom.operator.OperatorCli", "export", "export", "local", to.toString())
                .waitFor();
    }

    @Test
    void afterItWasKilledACommandSaysThatNothingRuns() throws IOException, InterruptedException {
        platform.destroyForcibly().waitFor();

        var keys = java("dev.darkroom.operator.OperatorCli", "keys", "list");

        assertThat(keys.waitFor()).isEqualTo(1);
        assertThat(text(folder.resolve("keys")))
                .startsWith("darkroom: nothing runs on port " + port + "; start it with");
        Files.delete(Path.of("target/local/platform-" + port + ".json"));
    }

    private Response post(String prompt) {
        return given().header("Authorization", "Bearer " + found(KEY))
                .header("Content-Type", "application/json")
                .body("{\"prompt\": \"%s\"}".formatted(prompt))
                .post("http://localhost:" + port + RunningPlatform.MODEL);
    }

    private Process java(String main, String output, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=SA",
                "-Duser.extensions=u-nu-arab",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile());
        builder.environment().keySet().removeAll(List.of("PARAMS", "DARKROOM_WAVESPEED_API_KEY", "STAGE"));
        builder.environment().putAll(Map.of("PORT", Integer.toString(port)));
        return builder.start();
    }

    private List<ProcessHandle> processesOf(String function) {
        return platform.children()
                .filter(process -> text(Path.of("/proc/%s/environ".formatted(process.pid())))
                        .contains("AWS_LAMBDA_FUNCTION_NAME=" + function + "\0"))
                .toList();
    }

    private String found(Pattern pattern) {
        return pattern.matcher(terminal()).results().findFirst().orElseThrow().group(1);
    }

    private String terminal() {
        return text(folder.resolve("terminal"));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
