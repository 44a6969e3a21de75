package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers are told how their generations end. */
class CallerWebhooksIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private record Received(String path, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private static final ConcurrentLinkedQueue<Received> RECEIVED = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer receiver;

    @BeforeAll
    static void start() {
        receiver = Http.serve(0, CallerWebhooksIT::receive);
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        receiver.stop(0);
        gateway.close();
    }

    @BeforeEach
    void forget() {
        RECEIVED.clear();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, List<String>>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        RECEIVED.add(new Received(path, headers, body));
        switch (path) {
            case "/gone" -> Http.answer(exchange, 410, Map.of(), new byte[0]);
            case "/moved" -> Http.answer(exchange, 302, Map.of("Location", url("/elsewhere")), new byte[0]);
            default -> Http.answer(exchange, 204, Map.of(), new byte[0]);
        }
    }

    private static String url(String path) {
        return Http.address(receiver) + path;
    }

    private static String submitted(String prompt, String path) {
        return gateway.post("{\"prompt\": \"%s\", \"webhook\": \"%s\"}".formatted(prompt, url(path)))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    private static Received received(String path) {
        await().atMost(TIMEOUT)
                .until(() -> RECEIVED.stream().anyMatch(one -> one.path().equals(path)));
        return RECEIVED.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String secret() {
        return gateway.request()
                .get(gateway.url("/api/v3/webhook/secret"))
                .then()
                .statusCode(200)
                .extract()
                .path("data.secret");
    }

    private static JsonPath deliveries(String id) {
        return gateway.request()
                .get(gateway.url("/v1/generations/" + id + "/deliveries"))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void aReceiverIsToldAndVerifiesIt() {
        var id = submitted("a cat", "/told");

        var webhook = received("/told");

        var standard = new Webhook(secret());
        assertThatCode(() -> standard.verify(webhook.body(), new HashMap<>(webhook.headers())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> standard.verify(webhook.body() + " ", new HashMap<>(webhook.headers())))
                .isInstanceOf(WebhookVerificationException.class);
        var body = JsonPath.from(webhook.body());
        assertThat(body.getString("type")).isEqualTo("generation.completed");
        assertThat(body.getString("data.id")).isEqualTo(id);
        await().atMost(TIMEOUT).until(() -> "delivered".equals(deliveries(id).getString("data[0].status")));
        assertThat(deliveries(id).<Integer>getList("data[0].attempts.http_status"))
                .containsExactly(204);
    }

    /** The secret of the standing endpoint has just been replaced, so both are valid. */
    @Test
    void npmStandardwebhooksVerifiesEachDeliveryAndNothingElse(@TempDir Path folder)
            throws IOException, InterruptedException {
        var packages = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/webhooks", "webhooks");
        // No process knows yet that the key has no endpoints.
        var key = gateway.platform().createKey(new Owner("rotated"));
        var created = gateway.requestWith(key)
                .contentType(ContentType.JSON)
                .body("{\"url\": \"%s\"}".formatted(url("/standing")))
                .post(gateway.url("/v1/webhook_endpoints"))
                .jsonPath();
        var rotated = gateway.requestWith(key)
                .post(gateway.url("/v1/webhook_endpoints/%s/rotate_secret".formatted(created.getString("id"))))
                .jsonPath();

        gateway.requestWith(key)
                .contentType(ContentType.JSON)
                .body("{\"prompt\": \"a cat\", \"webhook\": \"%s\"}".formatted(url("/request")))
                .post(gateway.url(RunningPlatform.MODEL))
                .then()
                .statusCode(200);
        var standing = received("/standing");
        var ofRequest = received("/request");
        var own = gateway.requestWith(key)
                .get(gateway.url("/api/v3/webhook/secret"))
                .jsonPath()
                .getString("data.secret");
        var deliveries = Files.write(
                folder.resolve("deliveries"),
                List.of(
                        line(created.getString("secret"), standing),
                        line(rotated.getString("secret"), standing),
                        line(own, ofRequest),
                        line(own, standing)));

        var ended = EndedProgram.of(new ProcessBuilder("node", "verify.mjs", deliveries.toString())
                .directory(packages.folder().toFile()));

        assertThat(ended.output().lines())
                .as(ended.toString())
                .containsExactly(
                        "true false false false",
                        "true false false false",
                        "true false false false",
                        "false false false false");
    }

    private static String line(String secret, Received webhook) {
        var headers = JsonNodeFactory.instance.objectNode();
        webhook.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
        var line = JsonNodeFactory.instance.objectNode().put("secret", secret).put("body", webhook.body());
        line.set("headers", headers);
        return line.toString();
    }

    @Test
    void theProvidersOlderClientIsTold() throws IOException, InterruptedException, GeneralSecurityException {
        var packages = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/webhooks", "webhooks");

        var ended = EndedProgram.of(new ProcessBuilder(
                        "node",
                        "run.mjs",
                        gateway.platform().address().toString(),
                        gateway.key().value(),
                        url("/older"))
                .directory(packages.folder().toFile()));

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        var webhook = received("/older");
        assertThat(webhook.header("webhook-signature")).isEqualTo("v3," + signatureOfTheProvider(webhook));
        assertThat(JsonPath.from(webhook.body()).getString("id"))
                .isEqualTo(JsonPath.from(ended.output()).getString("id"));
        assertThat(JsonPath.from(webhook.body()).getString("input.prompt")).isEqualTo("a cat");
    }

    /** See https://wavespeed.ai/docs/verify-webhooks. */
    private static String signatureOfTheProvider(Received webhook) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        var key = secret().substring("whsec_".length()).getBytes(StandardCharsets.UTF_8);
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        var signed =
                "%s.%s.%s".formatted(webhook.header("webhook-id"), webhook.header("webhook-timestamp"), webhook.body());
        return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() {
        var id = submitted("a cat", "/moved");

        received("/moved");
        await().atMost(TIMEOUT)
                .until(() -> deliveries(id).getList("data[0].attempts").size() >= 1);

        assertThat(deliveries(id).<Integer>getList("data[0].attempts.http_status"))
                .containsOnly(302);
        assertThat(RECEIVED).extracting(Received::path).doesNotContain("/elsewhere");
    }

    @Test
    void anEndpointThatIsGoneIsDisabled() {
        // No process knows yet that the key has no endpoints.
        ApiKey key = gateway.platform().createKey(new Owner("gone"));
        String endpoint = gateway.requestWith(key)
                .contentType(ContentType.JSON)
                .body("{\"url\": \"%s\"}".formatted(url("/gone")))
                .post(gateway.url("/v1/webhook_endpoints"))
                .then()
                .extract()
                .path("id");

        gateway.requestWith(key)
                .contentType(ContentType.JSON)
                .body("{\"prompt\": \"a cat\"}")
                .post(gateway.url(RunningPlatform.MODEL))
                .then()
                .statusCode(200);

        received("/gone");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(gateway.requestWith(key)
                                .get(gateway.url("/v1/webhook_endpoints/" + endpoint))
                                .jsonPath()
                                .getString("disabled_by"))
                        .isEqualTo("receiver"));
    }
}
