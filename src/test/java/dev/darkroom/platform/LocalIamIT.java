package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.infra.InfraTools;
import dev.darkroom.local.Platform;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.Permission;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.provider.WebhookSender;
import dev.darkroom.local.table.DynamoDbLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The functions use every permission of their roles and request no other. */
class LocalIamIT {

    /** Services that AWS itself uses on behalf of the functions. */
    private static final Set<String> OF_SERVICES = Set.of("logs", "xray", "sqs", "kms");

    /** An image is read only when it has been copied before, by a process that then died. */
    private static final Permission COMPARISON =
            new Permission("poll-generations", "s3:GetObject", Arns.object(Platform.BUCKET, "images/*"));

    private static final Executor RUNS = task -> Thread.ofPlatform().daemon().start(task);

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        InfraTools.install();
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withImageTime(Duration.ofSeconds(3))
                // Every generation owes an event, so both functions that sweep send some. In one shard there are soon
                // more rows than the small function keeps.
                .withParameters(Map.of("eventBus", "generations", "shards", "1"))
                // Webhooks are accepted but not requested, because otherwise no trigger of a sweep would be needed.
                .withEnvironment(Map.of(
                        "DARKROOM_WAVESPEED_WEBHOOK_SECRET",
                        WebhookSender.SECRET,
                        // The model makes one image at a time, so a request for two has a copy.
                        "DARKROOM_MODELS_ALIASES",
                        "wavespeed-ai/imagen4=google/nano-banana-2/text-to-image")));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void everythingThatIsAllowedIsUsedAndNothingElseIsAskedFor() {
        var day = LocalDate.now(ZoneOffset.UTC);
        listAndDelete(gateway.submitted("a cat"));
        readInAnAnswer("a cat in base64");
        tellOfTheEnd(started("a fish", "a-token"));
        started("a dog", "another-token");
        makeOlder("a dog");
        gateway.completed(twoImages());
        spend();
        tellAReceiver();
        for (int row = 0; row < 6; row++) {
            gateway.submitted("a herd");
        }
        // The provider throttles it at first, so it is queued.
        cancel(started("[429] a whale", "a-third-token"));
        // The provider throttles it at first, so it is queued, and the sweep of the queue triggers the sweep of its
        // shard.
        gateway.submitted("[429] a bird");
        List.of(
                        run("generate-image", "a cat"),
                        run("generate-image-callback", "a cat"),
                        run("generate-image-callback", "[fail]"))
                .stream()
                .map(CompletableFuture::join)
                .forEach(run -> assertThat(run.states()).as(run.toString()).contains("Check"));
        // Images of deleted generations are deleted once more, two minutes later.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gateway.dueBy(Instant.now().plus(Duration.ofSeconds(60))))
                        .isZero());
        compareWithTheBill(day);

        var iam = gateway.platform().iam();
        assertThat(iam.denied()).as("asked for, and not allowed").isEmpty();
        assertThat(iam.declared())
                .as("allowed, and not used")
                .filteredOn(permission ->
                        !permission.equals(COMPARISON) && !ofTheTwin(permission).equals(COMPARISON))
                .filteredOn(
                        permission -> !OF_SERVICES.contains(permission.action().split(":", 2)[0]))
                .filteredOn(permission -> iam.times(permission) == 0 && iam.times(ofTheTwin(permission)) == 0)
                .isEmpty();
    }

    /** The functions that sweep share a role, so it is enough when one of them uses a permission. */
    private static Permission ofTheTwin(Permission permission) {
        var twin = switch (permission.principal()) {
            case "poll-generations" -> "poll-few-generations";
            case "poll-few-generations" -> "poll-generations";
            default -> permission.principal();
        };
        return new Permission(twin, permission.action(), permission.resource());
    }

    /** Usage is counted under a limit only, and the comparison with the bill begins with it. */
    private static void spend() {
        var budget =
                new KeyBudget(Optional.of(new Money(1_000_000)), BudgetPeriod.DAY, Optional.empty(), Optional.empty());
        gateway.requestWith(gateway.platform().createKey(RunningPlatform.OWNER, budget))
                .body("{\"prompt\": \"a hen\"}")
                .post(gateway.url("/api/v3/wavespeed-ai/z-image/turbo"))
                .then()
                .statusCode(200);
    }

    /** An endpoint whose receiver is gone is disabled, and what it was not told may be delivered again. */
    private static void tellAReceiver() {
        var key = gateway.platform().createKey(new Owner("receivers"));
        var receiver = Http.serve(0, exchange -> Http.answer(exchange, 410, Map.of(), new byte[0]));
        try {
            String endpoint = gateway.requestWith(key)
                    .body("{\"url\": \"%s/gone\"}".formatted(Http.address(receiver)))
                    .post(gateway.url("/v1/webhook_endpoints"))
                    .then()
                    .extract()
                    .path("id");
            gateway.requestWith(key)
                    .body("{\"prompt\": \"an owl\"}")
                    .post(gateway.url(RunningPlatform.MODEL))
                    .then()
                    .statusCode(200);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.requestWith(key)
                                    .get(gateway.url("/v1/webhook_endpoints/" + endpoint))
                                    .jsonPath()
                                    .getString("disabled_by")
                            != null);
            gateway.requestWith(key)
                    .get(gateway.url("/v1/webhook_endpoints/" + endpoint + "/deliveries"))
                    .then()
                    .statusCode(200);
        } finally {
            receiver.stop(0);
        }
    }

    private static void compareWithTheBill(LocalDate day) {
        gateway.invoke("poll-generations", "{\"bill\": \"%s\"}".formatted(day))
                .then()
                .statusCode(200)
                .body("reports[0].complete", equalTo(true));
    }

    private static void listAndDelete(String id) {
        gateway.status(id);
        String link = gateway.completed(id).get("data.outputs[0]");
        awaitCopy(id);
        assertThat(download(link)).isEqualTo(200);
        gateway.request()
                .body("{\"page\": 1}")
                .post(gateway.url("/api/v3/predictions"))
                .then()
                .body("data.items[0].id", equalTo(id));
        gateway.request()
                .body("{\"ids\": [\"%s\"]}".formatted(id))
                .post(gateway.url("/api/v3/predictions/delete"))
                .then()
                .body("data.deleted_count", equalTo(1));
    }

    /** The request is sent again when the image is in the bucket. */
    private static void readInAnAnswer(String prompt) {
        var id = imageInAnAnswer(prompt);
        awaitCopy(id);
        assertThat(imageInAnAnswer(prompt)).isEqualTo(id);
    }

    private static String imageInAnAnswer(String prompt) {
        return gateway.request()
                .header("Idempotency-Key", prompt)
                .body("{\"prompt\": \"%s\", \"response_format\": \"b64_json\"}".formatted(prompt))
                .post(gateway.url("/v1/images/generations"))
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** The row says that its image is copied after the image is in the bucket. Until then the bucket is not asked. */
    private static void awaitCopy(String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.result(id).getString("data.images[0].sha256") != null);
    }

    private static int download(String link) {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String twoImages() {
        return gateway.post("{\"prompt\": \"two cats\", \"num_images\": 2}")
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    /** A workflow's task waits for the generation, so its end triggers a sweep. */
    private static void cancel(String id) {
        var workflows = gateway.platform().createKey(new Owner("step-functions"));
        gateway.requestWith(workflows)
                .post(gateway.url("/api/v3/predictions/%s/cancel".formatted(id)))
                .then()
                .statusCode(200)
                .body("data.error_code", equalTo("cancelled"));
    }

    /** Starts a generation that a workflow's task waits for. */
    private static String started(String prompt, String token) {
        given().body("{\"stateMachine\": \"generate-image-callback\"}")
                .put(gateway.platform().stepFunctions().address() + "/tasks/" + token);
        return gateway.invoke("start-generation", """
                {"model": "wavespeed-ai/imagen4", "input": {"prompt": "%s"}, "taskToken": "%s"}""".formatted(prompt, token))
                .then()
                .extract()
                .path("id");
    }

    private static CompletableFuture<StateMachineRun> run(String machine, String prompt) {
        return CompletableFuture.supplyAsync(
                () -> StateMachineRun.of(gateway, machine, StateMachineRun.input(prompt)), RUNS);
    }

    /** With an image that is given up at once, so that nothing is owed in the end. */
    private static void tellOfTheEnd(String id) {
        var prediction = gateway.prediction(id);
        var body = "{\"id\": \"%s\", \"status\": \"completed\", \"outputs\": [\"https://10.0.0.1/1.png\"]}"
                .formatted(prediction);
        try (var provider = new WebhookSender(InstantSource.system(), WebhookSender.SECRET)) {
            provider.send(URI.create(gateway.url("/webhooks/wavespeed/" + id)), body, Instant.now(), 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> gateway.rows().stream()
                            .filter(row -> row.containsValue(AttributeValue.fromS(id)))
                            .allMatch(row -> row.containsValue(AttributeValue.fromS("COMPLETED"))));
        }
    }

    /** Makes the row two minutes older, so that its task gets a heartbeat. */
    private static void makeOlder(String prompt) {
        var row = gateway.rows().stream()
                .filter(item -> item.toString().contains(prompt))
                .findFirst()
                .orElseThrow();
        var then = Long.toString(Instant.now().minus(Duration.ofMinutes(2)).toEpochMilli());
        try (var client = DynamoDbLocal.client(gateway.platform().tableAddress())) {
            client.updateItem(update -> update.tableName(Platform.TABLE)
                    .key(Map.of("id", row.get("id")))
                    .updateExpression("SET createdAt = :then")
                    .expressionAttributeValues(Map.of(":then", AttributeValue.fromN(then))));
        }
    }
}
