package dev.darkroom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.account.Owner;
import dev.darkroom.local.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the local platform, with an API key; an answer other than 200 is an {@link IllegalStateException}. */
final class GatewayClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Owner OWNER = new Owner("bench");
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Platform platform;
    private String authorization;

    private GatewayClient(Platform platform) {
        this.platform = platform;
        this.authorization = newAuthorization(platform);
    }

    private static String newAuthorization(Platform platform) {
        return "Bearer " + platform.createKey(OWNER).value();
    }

    /** Makes another API key for the same owner, and uses it from now on. */
    void changeKey() {
        authorization = newAuthorization(platform);
    }

    /** Starts all functions and waits until the gateway accepts the key, which takes long on a busy machine. */
    static GatewayClient of(Platform platform) throws IOException, InterruptedException {
        platform.warmUp();
        var client = new GatewayClient(platform);
        var nothing = HttpRequest.newBuilder(client.uri("/api/v3/predictions/" + "0".repeat(32) + "/result"));
        var giveUp = System.nanoTime() + GIVE_UP.toNanos();
        for (var answer = client.send(nothing); answer.statusCode() != 404; answer = client.send(nothing)) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the platform refuses the API key: " + answer.body());
            }
            Thread.sleep(POLL_INTERVAL);
        }
        return client;
    }

    /** Submits a request; returns the generation that the gateway answers with. */
    JsonNode submit(String prompt) throws IOException, InterruptedException {
        return data(submission(prompt));
    }

    /** The same, but the answer may wait for the images for so many seconds. */
    JsonNode submitAndWait(String prompt, int seconds) throws IOException, InterruptedException {
        return data(submission(prompt).header("Prefer", "wait=" + seconds));
    }

    /** The same; {@code webhook} is who is told of its end. */
    JsonNode submitTelling(String prompt, URI webhook) throws IOException, InterruptedException {
        return data(submission(JSON.createObjectNode().put("prompt", prompt).put("webhook", webhook.toString())));
    }

    /** Tells the receivers of a generation again, if it has ended. */
    void redeliver(JsonNode submitted) throws IOException, InterruptedException {
        var path = "/v1/generations/%s/redeliver".formatted(submitted.path("id").asText());
        send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder submission(String prompt) {
        return submission(JSON.createObjectNode().put("prompt", prompt));
    }

    private HttpRequest.Builder submission(JsonNode body) {
        return HttpRequest.newBuilder(uri("/api/v3/wavespeed-ai/imagen4"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
    }

    /** Reads a submitted generation as it is now. */
    JsonNode result(JsonNode submitted) throws IOException, InterruptedException {
        return data(HttpRequest.newBuilder(
                URI.create(submitted.path("urls").path("get").asText())));
    }

    /** Reads it with the provider's own addresses of its images. */
    JsonNode withSources(JsonNode submitted) throws IOException, InterruptedException {
        return data(HttpRequest.newBuilder(
                URI.create(submitted.path("urls").path("get").asText() + "?include=source")));
    }

    /** Waits until no function is busy. */
    void awaitQuiet(Duration interval) throws InterruptedException {
        var giveUp = System.nanoTime() + GIVE_UP.toNanos();
        while (platform.isBusy()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the functions are still busy");
            }
            Thread.sleep(interval);
        }
    }

    private JsonNode data(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = send(request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "an unexpected answer: %d %s".formatted(response.statusCode(), response.body()));
        }
        return JSON.readTree(response.body()).required("data");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.setHeader("Authorization", authorization).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(platform.address() + path);
    }

    @Override
    public void close() {
        http.close();
    }
}
