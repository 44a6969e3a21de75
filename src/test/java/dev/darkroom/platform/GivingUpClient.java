package dev.darkroom.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up a POST that is not answered in full within ten seconds and repeats it up to five times without a key, as the
 * provider's client for Go does.
 *
 * @see <a href="https://github.com/WaveSpeedAI/wavespeed-go/blob/main/api/client.go">wavespeed-go</a>
 */
final class GivingUpClient implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int REPETITIONS = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI model;
    private final String key;

    /** {@code model} is the URL of the submissions. */
    GivingUpClient(URI model, String key) {
        this.model = model;
        this.key = key;
    }

    /**
     * The answer to a submission.
     *
     * @param status of the generation
     * @param unconfirmed whether the outcome of the paid call is said to be unknown
     * @param attempts the number of POSTs, 1 to 6
     * @param took from the start of the last POST to the end of its answer
     */
    record Submitted(String id, String status, boolean unconfirmed, int attempts, Duration took) {}

    /** Throws unless the gateway answers 200. */
    Submitted submit(String prompt) throws InterruptedException, ExecutionException, JsonProcessingException {
        var request = HttpRequest.newBuilder(model)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("x-client-name", "wavespeed-go")
                .header("x-client-version", "0.2.4")
                .POST(BodyPublishers.ofString(
                        JSON.createObjectNode().put("prompt", prompt).toString()))
                .build();
        for (int attempt = 1; attempt <= 1 + REPETITIONS; attempt++) {
            long sent = System.nanoTime();
            var answer = client.sendAsync(request, BodyHandlers.ofString());
            try {
                var response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                var took = Duration.ofNanos(System.nanoTime() - sent);
                var data = data(response);
                return new Submitted(
                        data.path("id").asText(),
                        data.path("status").asText(),
                        data.at("/submission/confirmed").isBoolean()
                                && !data.at("/submission/confirmed").booleanValue(),
                        attempt,
                        took);
            } catch (TimeoutException _) {
                answer.cancel(true);
                Thread.sleep(Duration.ofSeconds(attempt));
            }
        }
        throw new IllegalStateException("no answer to any of %d POSTs".formatted(1 + REPETITIONS));
    }

    private static JsonNode data(HttpResponse<String> response) throws JsonProcessingException {
        var data = JSON.readTree(response.body()).path("data");
        if (response.statusCode() != 200 || data.path("id").asText().isEmpty()) {
            throw new IllegalStateException("%d %s".formatted(response.statusCode(), response.body()));
        }
        return data;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
