package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.domain.ApiKey;
import dev.darkroom.domain.Owner;
import dev.darkroom.local.DynamoDbLocal;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The local platform as a test sees it: from the outside. */
final class RunningPlatform implements AutoCloseable {

    static final Path PROJECT = Path.of("").toAbsolutePath();
    static final String MODEL = "/api/v3/wavespeed-ai/imagen4";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Whose key the requests have. */
    static final Owner OWNER = new Owner("tester");

    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Platform platform;
    private final ApiKey key;
    private final DynamoDbClient table;
    private final ConcurrentLinkedQueue<String> log;

    private RunningPlatform(Platform platform, ConcurrentLinkedQueue<String> log) {
        this.platform = platform;
        this.key = platform.createKey(OWNER);
        this.table = DynamoDbLocal.client(platform.tableAddress());
        this.log = log;
    }

    /** A simulator that takes half a second, and everything else as in {@code make run}. */
    static PlatformOptions options() {
        return PlatformOptions.of(PROJECT).withImageTime(Duration.ofMillis(500));
    }

    static RunningPlatform start(PlatformOptions options) {
        RUNNING.incrementAndGet();
        var log = new ConcurrentLinkedQueue<String>();
        return new RunningPlatform(Platform.start(options.withLog(line -> log.add(line.text()))), log);
    }

    Platform platform() {
        return platform;
    }

    /** Starts a process of each function and waits until a caller is let in: the first time takes long on a busy machine. */
    void warmUp() {
        platform.warmUp();
        var nothing = url("/api/v3/predictions/" + "0".repeat(32));
        await().atMost(PATIENCE).until(() -> request().get(nothing).statusCode() == 404);
    }

    String url(String path) {
        return platform.address() + path;
    }

    /** Everything that the functions have logged. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** What they have logged after their first {@code known} lines. */
    List<String> logSince(int known) {
        var all = log();
        return all.subList(known, all.size());
    }

    /** The key that the requests have. */
    ApiKey key() {
        return key;
    }

    /** A request of the owner's. */
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

    /** Calls a function synchronously, as the person at this machine. */
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

    /** Submits and gives back the id. */
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

    String status(String id) {
        return result(id).getString("data.status");
    }

    JsonPath completed(String id) {
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> Set.of("completed", "failed").contains(status(id)));
        return result(id);
    }

    /** The rows of the table, without the leases. */
    List<Map<String, AttributeValue>> rows() {
        return table.scanPaginator(scan -> scan.tableName(Platform.TABLE)).items().stream()
                .filter(item -> item.containsKey("model"))
                .toList();
    }

    /** The provider's id of a generation that was submitted. */
    String prediction(String id) {
        var row = table.getItem(get -> get.tableName(Platform.TABLE)
                .key(Map.of("id", AttributeValue.fromS(id)))
                .consistentRead(true));
        return Optional.ofNullable(row.item().get("predictionId")).orElseThrow().s();
    }

    /** How many rows are still owed work. */
    long due() {
        return table.scanPaginator(scan -> scan.tableName(Platform.TABLE).indexName("due")).items().stream()
                .count();
    }

    /** Keeps what the functions logged beside the test reports, for when a test fails. */
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
            Files.write(file, log);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
