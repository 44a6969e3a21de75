package dev.darkroom.local;

import dev.darkroom.core.account.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends real requests through the gateway and the two functions that clients reach first, until each is answered as it
 * should be. The requests store nothing and cost nothing.
 */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private record Check(String step, HttpRequest request, int expected) {}

    private final URI gateway;
    private final ApiKey key;
    private final Duration timeout;

    /** {@code timeout} is how long each of the requests is repeated. */
    Readiness(URI gateway, ApiKey key, Duration timeout) {
        this.gateway = gateway;
        this.key = key;
        this.timeout = timeout;
    }

    /** Calls {@code steps} with what it does; throws an {@link IllegalStateException} when its timeout ends. */
    void await(Consumer<String> steps) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            for (var check : checks()) {
                steps.accept(check.step());
                await(check, client);
            }
        }
    }

    private List<Check> checks() {
        return List.of(
                new Check(
                        "sending an invalid request to submit-generation",
                        request("/api/v3/wavespeed-ai/imagen4")
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        400),
                new Check(
                        "requesting an unknown result from get-generation",
                        request("/api/v3/predictions/" + "0".repeat(32) + "/result")
                                .build(),
                        404));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + key.value())
                .header("Content-Type", "application/json")
                .timeout(timeout);
    }

    private void await(Check check, HttpClient client) throws InterruptedException {
        long giveUp = System.nanoTime() + timeout.toNanos();
        var answer = answer(check, client);
        while (!answer.equals(Integer.toString(check.expected()))) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("%s %s is still answered with %s instead of %s after %s s"
                        .formatted(
                                check.request().method(),
                                check.request().uri().getPath(),
                                answer,
                                check.expected(),
                                timeout.toSeconds()));
            }
            Thread.sleep(PAUSE);
            answer = answer(check, client);
        }
    }

    private static String answer(Check check, HttpClient client) throws InterruptedException {
        try {
            return Integer.toString(
                    client.send(check.request(), BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return "no answer (%s)".formatted(e.getMessage());
        }
    }
}
