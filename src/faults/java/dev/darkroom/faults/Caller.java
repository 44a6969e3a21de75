package dev.darkroom.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Requests images as a careful client does: it repeats a request under the same key until it has an answer. */
final class Caller {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ATTEMPTS = 200;
    private static final int OVER_BUDGET = 402;
    private static final int TOO_MANY = 429;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String key;
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();

    Caller(URI gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    /** Returns the id of the generation. */
    String ask(String idempotencyKey, String prompt, int images) throws InterruptedException {
        return ask(idempotencyKey, prompt, images, Optional.empty());
    }

    /** The same; {@code webhook} is who is told of its end. */
    String ask(String idempotencyKey, String prompt, int images, Optional<URI> webhook) throws InterruptedException {
        return ask(idempotencyKey, body(prompt, images, webhook))
                .orElseThrow(() -> new IllegalStateException("the budget is too small for " + prompt));
    }

    /** The same; empty when the budget of the key is used up. */
    Optional<String> askWithinBudget(String idempotencyKey, String prompt, int images) throws InterruptedException {
        return ask(idempotencyKey, body(prompt, images, Optional.empty()));
    }

    private static String body(String prompt, int images, Optional<URI> webhook) {
        var body = JSON.createObjectNode().put("prompt", prompt).put("num_images", images);
        webhook.ifPresent(address -> body.put("webhook", address.toString()));
        return body.toString();
    }

    private Optional<String> ask(String idempotencyKey, String body) throws InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/wavespeed-ai/imagen4"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(body))
                .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                var response = client.send(request, BodyHandlers.ofString());
                answers.merge(kind(response), 1, Integer::sum);
                if (response.statusCode() == 200) {
                    return Optional.of(
                            JSON.readTree(response.body()).at("/data/id").textValue());
                }
                if (response.statusCode() == OVER_BUDGET) {
                    return Optional.empty();
                }
                if (response.statusCode() < 500 && response.statusCode() != TOO_MANY) {
                    throw new IllegalStateException("%d %s".formatted(response.statusCode(), response.body()));
                }
            } catch (IOException _) {
                answers.merge("none", 1, Integer::sum); // the connection broke, so the request is repeated
            }
            Thread.sleep(PAUSE);
        }
        throw new IllegalStateException("no answer after %d attempts".formatted(ATTEMPTS));
    }

    /** The links of the images of a completed generation. */
    List<String> links(String id) {
        return get("/api/v3/predictions/%s/result".formatted(id))
                .at("/data/outputs")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** What the key's webhooks are signed with. The table may fail meanwhile. */
    String webhookSecret() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var secret = get("/api/v3/webhook/secret").at("/data/secret").asText();
            if (!secret.isEmpty()) {
                return secret;
            }
        }
        throw new IllegalStateException("no secret after %d attempts".formatted(ATTEMPTS));
    }

    private JsonNode get(String path) {
        var request = HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + key)
                .timeout(TIMEOUT)
                .build();
        try {
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The number of answers, by status and error code. */
    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    private static String kind(HttpResponse<String> response) throws IOException {
        var code = response.statusCode() == 200
                ? ""
                : JSON.readTree(response.body()).path("error_code").asText();
        return code.isEmpty() ? String.valueOf(response.statusCode()) : response.statusCode() + " " + code;
    }
}
