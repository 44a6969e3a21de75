package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ProviderKey;
import dev.darkroom.core.provider.SecretUnavailableException;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.HttpOutcome.NotSent.Cause;
import dev.darkroom.restclient.RestCalls;
import dev.darkroom.restclient.RestClients;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The calls of the provider's HTTP API. Every timeout is for the whole call. */
final class WaveSpeedApi {

    private static final Duration KEPT_ALIVE = Duration.ofSeconds(20);

    /** In bytes: the answer may repeat the input, which has 256 KB at most. */
    private static final int MAX_SUBMIT_ANSWER = 512 * 1024;

    private static final int MAX_RESULT = 1024 * 1024;

    /** In bytes: an image of 6 MB as base64. It needs some five times as much until it is read. */
    private static final int MAX_RESULT_WITH_IMAGES = 8 * 1024 * 1024;

    private static final int MAX_PAGE = 4 * 1024 * 1024;
    private static final int MAX_BALANCE = 64 * 1024;
    private static final int UNAUTHORIZED = 401;

    /** In any other text the REST client would replace the characters that a header cannot have with blanks. */
    private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7E]*");

    static {
        RestClients.declare(WaveSpeedSubmitClient.class, WaveSpeedFreeClient.class);
    }

    private final WaveSpeedSubmitClient submit;
    private final WaveSpeedFreeClient free;
    private final WaveSpeedFreeClient freeOnNewConnection;
    private final ProviderKey key;

    WaveSpeedApi(URI baseUrl, ProviderKey key) {
        var onNewConnections = RestClients.withNewConnections(baseUrl);
        this.submit = onNewConnections.build(WaveSpeedSubmitClient.class);
        this.free = RestClients.withKeptConnections(baseUrl, KEPT_ALIVE).build(WaveSpeedFreeClient.class);
        this.freeOnNewConnection = onNewConnections.build(WaveSpeedFreeClient.class);
        this.key = key;
    }

    /**
     * What became of a call.
     *
     * @param keyMayBeReplaced whether the provider has refused the key, and the next call may have another one
     */
    record Sent(HttpOutcome outcome, boolean keyMayBeReplaced) {}

    /**
     * The paid call: never on a connection that may have died while the function was frozen, because that would make
     * its outcome unknown, and never repeated.
     */
    Sent submit(String upstreamPath, Optional<URI> webhook, String input, Duration timeout) {
        var callback = webhook.map(URI::toString).orElse(null);
        return send(
                authorization -> submit.submit(authorization, upstreamPath, callback, utf8(input)),
                MAX_SUBMIT_ANSWER,
                timeout);
    }

    /** The free call for a result. */
    HttpOutcome result(PredictionId id, Duration timeout) {
        return sendFree((client, authorization) -> client.result(authorization, id.value()), MAX_RESULT, timeout);
    }

    /** The same call for a result that has images inside. */
    HttpOutcome resultWithImages(PredictionId id, Duration timeout) {
        return sendFree(
                (client, authorization) -> client.result(authorization, id.value()), MAX_RESULT_WITH_IMAGES, timeout);
    }

    /** The free call for the submissions of the last 7 days. It is a POST that creates nothing. */
    HttpOutcome list(String filter, Duration timeout) {
        return sendFree((client, authorization) -> client.list(authorization, utf8(filter)), MAX_PAGE, timeout);
    }

    /** The free call for a page of the bill. It is a POST that creates nothing. */
    HttpOutcome bill(String filter, Duration timeout) {
        return sendFree((client, authorization) -> client.bill(authorization, utf8(filter)), MAX_PAGE, timeout);
    }

    /** The free call for the balance of the account. */
    HttpOutcome balance(Duration timeout) {
        return sendFree((client, authorization) -> client.balance(authorization), MAX_BALANCE, timeout);
    }

    /**
     * The call is free, so it is repeated once on a new connection: the kept connection may have died while the
     * function was frozen. With less than half of its time left it is not repeated, because a provider that is only
     * slow would then count as out.
     */
    private HttpOutcome sendFree(
            BiFunction<WaveSpeedFreeClient, String, Response> call, int largestBody, Duration timeout) {
        long start = System.nanoTime();
        var outcome = send(authorization -> call.apply(free, authorization), largestBody, timeout)
                .outcome();
        var left = timeout.minusNanos(System.nanoTime() - start);
        boolean repeat = outcome instanceof HttpOutcome.Broken && left.compareTo(timeout.dividedBy(2)) >= 0;
        return repeat
                ? send(authorization -> call.apply(freeOnNewConnection, authorization), largestBody, left)
                        .outcome()
                : outcome;
    }

    /** The time for the first reading of the key is a part of {@code timeout}. A refused key is asked about once. */
    private Sent send(Function<String, Response> call, int largestBody, Duration timeout) {
        long start = System.nanoTime();
        String used;
        try {
            used = key.current();
        } catch (SecretUnavailableException e) {
            return notSent(e.reason());
        }
        var left = timeout.minusNanos(System.nanoTime() - start);
        if (!HEADER.matcher(used).matches()) {
            return notSent("the provider's key has invalid characters");
        }
        if (!left.isPositive()) {
            return notSent("reading the provider's key took too long");
        }
        var outcome = RestCalls.send(() -> call.apply("Bearer " + used), largestBody, left);
        boolean isRefused = outcome instanceof HttpOutcome.Answered answer && answer.status() == UNAUTHORIZED;
        return new Sent(outcome, isRefused && key.mayBeReplaced(used));
    }

    private static Sent notSent(String reason) {
        return new Sent(new HttpOutcome.NotSent(Cause.INVALID, reason), false);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
