package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformListener;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.functions.FailedInvocation;
import dev.darkroom.local.gateway.Answer;
import dev.darkroom.local.table.DynamoDbLocal;
import dev.darkroom.openapi.AnswerCheck;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The local platform, as its users see it. */
final class RunningPlatform implements AutoCloseable {

    static final Path PROJECT = Path.of("").toAbsolutePath();
    static final String MODEL = "/api/v3/wavespeed-ai/imagen4";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** The owner of the key that requests use. */
    static final Owner OWNER = new Owner("tester");

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final Platform platform;
    private final ApiKey key;
    private final DynamoDbClient table;
    private final Heard heard;

    /** What the platform's listener has heard. */
    private record Heard(ConcurrentLinkedQueue<String> log, ConcurrentLinkedQueue<Answer> answers) {

        Heard() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        }
    }

    private RunningPlatform(Platform platform, Heard heard) {
        this.platform = platform;
        this.key = platform.createKey(OWNER);
        this.table = DynamoDbLocal.client(platform.tableAddress());
        this.heard = heard;
    }

    /** The options of {@code make run}, except that an image takes half a second. */
    static PlatformOptions options() {
        return PlatformOptions.of(PROJECT).withImageTime(Duration.ofMillis(500));
    }

    static RunningPlatform start(PlatformOptions options) {
        RUNNING.incrementAndGet();
        var heard = new Heard();
        return new RunningPlatform(Platform.start(options.withListener(into(heard))), heard);
    }

    private static PlatformListener into(Heard heard) {
        return new PlatformListener() {

            @Override
            public void logged(String function, String line) {
                heard.log().add(line);
            }

            @Override
            public void failed(FailedInvocation failure) {
                heard.log().add(failure.logLine());
            }

            @Override
            public void answered(Answer answer) {
                heard.answers().add(answer);
            }
        };
    }

    Platform platform() {
        return platform;
    }

    /**
     * Starts a process of each function and waits until those that clients reach have answered a request, because the
     * first time takes long on a busy machine.
     */
    void warmUp() {
        platform.warmUp();
        var nothing = url("/api/v3/predictions/" + "0".repeat(32));
        await().atMost(TIMEOUT).until(() -> request().get(nothing).statusCode() == 404);
        await().atMost(TIMEOUT).until(() -> post("{}").statusCode() == 400);
    }

    /** Kills the sweeps: the trigger starts those of the small function, and the schedule those of the other. */
    void killSweeps() {
        List.of("poll-few-generations", "poll-generations").forEach(platform::kill);
    }

    /** Gives the functions other settings, and waits until no process has the old ones. */
    void reconfigure(PlatformOptions options) {
        platform.reconfigure(options).join();
    }

    String url(String path) {
        return platform.address() + path;
    }

    /** Every line that the functions have logged. */
    List<String> log() {
        return List.copyOf(heard.log());
    }

    /** The lines after the first {@code known} ones. */
    List<String> logSince(int known) {
        var all = log();
        return all.subList(known, all.size());
    }

    /** The key that requests use. */
    ApiKey key() {
        return key;
    }

    /** A request with the owner's key. */
    RequestSpecification request() {
        return requestWith(key);
    }

    RequestSpecification requestWith(ApiKey other) {
        return given().header("Authorization", "Bearer " + other.value());
    }

    Response post(String body) {
        return request().contentType(ContentType.JSON).body(body).post(url(MODEL));
    }

    Response postWithKey(String idempotencyKey, String body) {
        return request()
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", idempotencyKey)
                .body(body)
                .post(url(MODEL));
    }

    /** Calls a function synchronously, with the rights of this machine's user. */
    Response invoke(String function, String event) {
        return given().body(event)
                .post(platform.lambdaAddress() + "/2015-03-31/functions/%s/invocations".formatted(function));
    }

    /** Calls start-generation. */
    Response start(String prompt) {
        return invoke(
                "start-generation",
                "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"%s\"}}".formatted(prompt));
    }

    /** Submits a prompt and returns the generation's id. */
    String submitted(String prompt) {
        return post("{\"prompt\": \"%s\"}".formatted(prompt))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    JsonPath result(String id) {
        return request()
                .get(url("/api/v3/predictions/" + id + "/result"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The provider's own addresses of a completed generation's images. */
    List<String> sources(String id) {
        return request()
                .queryParam("include", "source")
                .get(url("/api/v3/predictions/" + id + "/result"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.source_urls");
    }

    String status(String id) {
        return result(id).getString("data.status");
    }

    JsonPath completed(String id) {
        await().atMost(TIMEOUT)
                .pollInterval(POLL_INTERVAL)
                .until(() -> Set.of("completed", "failed").contains(status(id)));
        return result(id);
    }

    /** The generations' rows, without leases and other items. */
    List<Map<String, AttributeValue>> rows() {
        return table.scanPaginator(scan -> scan.tableName(Platform.TABLE)).items().stream()
                .filter(item -> item.containsKey("model"))
                .toList();
    }

    /** The provider's id of a submitted generation. */
    String prediction(String id) {
        var row = table.getItem(get -> get.tableName(Platform.TABLE)
                .key(Map.of("id", AttributeValue.fromS(id)))
                .consistentRead(true));
        return Optional.ofNullable(row.item().get("predictionId")).orElseThrow().s();
    }

    /** The number of rows in the index, which are the rows that need work. */
    long due() {
        return table.scanPaginator(scan -> scan.tableName(Platform.TABLE).indexName("due")).items().stream()
                .count();
    }

    /** The number of rows that need work by then. */
    long dueBy(Instant time) {
        return table.scanPaginator(scan -> scan.tableName(Platform.TABLE).indexName("due")).items().stream()
                .filter(row ->
                        Long.parseLong(Objects.requireNonNull(row.get("dueAt")).n()) <= time.toEpochMilli())
                .count();
    }

    /**
     * Keeps the functions' log beside the test reports, in case a test fails. Then checks every answer that any client
     * got against the OpenAPI document: not earlier, so that the checks take no time from the functions.
     */
    @Override
    public void close() {
        table.close();
        platform.close();
        if (RUNNING.decrementAndGet() == 0) {
            assertThat(ProcessHandle.current().descendants())
                    .as("processes left behind")
                    .isEmpty();
        }
        var file = PROJECT.resolve("target/failsafe-reports/functions-%d.log"
                .formatted(platform.address().getPort()));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, heard.log());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        checkAnswers();
    }

    private void checkAnswers() {
        var check = AnswerCheck.packaged();
        assertThat(heard.answers().stream()
                        .flatMap(answer -> check.problems(answer).stream())
                        .distinct())
                .as("what the OpenAPI document does not say")
                .isEmpty();
    }
}
