package dev.darkroom.wavespeed;

import dev.darkroom.domain.PredictionId;
import dev.darkroom.httpclient.HttpCall;
import dev.darkroom.httpclient.HttpClient;
import dev.darkroom.httpclient.HttpOutcome;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The calls of the provider's HTTP API. Every timeout is for all of a call. */
final class WaveSpeedApi {

    private static final Duration KEPT_ALIVE = Duration.ofSeconds(20);

    /** It may repeat the input, which has 256 KB at most. */
    private static final int LARGEST_SUBMIT_ANSWER = 512 * 1024;

    private static final int LARGEST_RESULT = 1024 * 1024;
    private static final int LARGEST_PAGE = 4 * 1024 * 1024;

    private static final String JSON = "application/json";
    private static final String US = "darkroom";

    private final HttpClient client;
    private final String authorization;

    WaveSpeedApi(URI baseUrl, String key) {
        this.client = new HttpClient(baseUrl, KEPT_ALIVE);
        this.authorization = "Bearer " + key;
    }

    /**
     * The paid call: never on a connection that may have died while the function was frozen, because that would make its
     * outcome unknown, and never repeated.
     */
    HttpOutcome submit(String upstreamPath, Optional<URI> webhook, String input, Duration timeout) {
        var query = webhook.map(url -> "?webhook=" + encoded(url.toString())).orElse("");
        return client.send(post("/" + upstreamPath + query, input, true, LARGEST_SUBMIT_ANSWER), timeout);
    }

    /** The free call for a result. */
    HttpOutcome result(PredictionId id, Duration timeout) {
        var headers = Map.of("Authorization", authorization, "Accept", JSON, "User-Agent", US);
        var target = "/api/v3/predictions/%s/result".formatted(encoded(id.value()));
        return sendFree(new HttpCall("GET", target, headers, null, false, LARGEST_RESULT), timeout);
    }

    /** The free call for what was submitted in the last 7 days. It is a POST that creates nothing. */
    HttpOutcome list(String filter, Duration timeout) {
        return sendFree(post("/predictions", filter, false, LARGEST_PAGE), timeout);
    }

    private HttpCall post(String target, String json, boolean newConnection, int largestBody) {
        var headers = Map.of("Authorization", authorization, "Accept", JSON, "User-Agent", US, "Content-Type", JSON);
        return new HttpCall("POST", "/api/v3" + target, headers, json, newConnection, largestBody);
    }

    /**
     * The socket may have died while the function was frozen; the call is free, so it is repeated once on a new connection. With
     * less than half of its time left it is not: silence for so short a time would look like an outage.
     */
    private HttpOutcome sendFree(HttpCall call, Duration timeout) {
        long start = System.nanoTime();
        var outcome = client.send(call, timeout);
        var left = timeout.minusNanos(System.nanoTime() - start);
        boolean repeat = outcome instanceof HttpOutcome.Broken && left.compareTo(timeout.dividedBy(2)) >= 0;
        return repeat ? client.send(call.onNewConnection(), left) : outcome;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
