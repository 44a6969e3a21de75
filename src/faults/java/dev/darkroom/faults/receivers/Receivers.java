package dev.darkroom.faults.receivers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The receivers of a run. Every fourth request registers one, and the seed decides how it answers. Those that fail have
 * a port of their own, because a process leaves a host alone whose receivers fail.
 */
public final class Receivers implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHARE = 4;

    /** A little longer than an attempt may take. */
    private static final Duration HANGING = Duration.ofSeconds(16);

    private final long seed;
    private final Signature signature;
    private final HttpServer reliable = Http.serve(0, this::receive);
    private final HttpServer unreliable = Http.serve(0, this::receive);
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Map<String, String> registered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();

    /** {@code secret} is that of the API key with which all requests are sent. */
    public Receivers(long seed, String secret) {
        this.seed = seed;
        this.signature = new Signature(secret);
    }

    /** Where the request with this idempotency key wants to be told; empty for three of four requests. */
    public Optional<URI> of(String key) {
        if (Math.floorMod(key.hashCode(), SHARE) != 0) {
            return Optional.empty();
        }
        var server = manner(key).failsFirst() ? unreliable : reliable;
        return Optional.of(Http.address(server).resolve("/" + key));
    }

    /** Notes that the request was accepted; returns the id of its generation. */
    public String accepted(String key, String generation) {
        if (of(key).isPresent()) {
            registered.put(key, generation);
        }
        return generation;
    }

    Manner manner(String key) {
        return Manner.of(seed, key);
    }

    /** The generations that were accepted with a webhook, by idempotency key. */
    Map<String, String> registered() {
        return Map.copyOf(registered);
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        var key = exchange.getRequestURI().getPath().substring(1);
        int status = status(key);
        received.add(new Received(
                key,
                Signature.header(headers, "webhook-id"),
                JSON.readTree(body).at("/data/id").asText(),
                signature.isGenuine(headers, body),
                status));
        if (status > 0) {
            Http.answer(exchange, status, Map.of(), new byte[0]);
        } else if (manner(key) == Manner.HANGS_ONCE) {
            hang();
        }
        // The connection is closed with the exchange.
    }

    private int status(String key) {
        var manner = manner(key);
        if (manner == Manner.GONE) {
            return 410;
        }
        if (!manner.failsFirst() || !failed.add(key)) {
            return 204;
        }
        return manner == Manner.FAILS_ONCE ? 500 : 0;
    }

    private static void hang() throws IOException {
        try {
            Thread.sleep(HANGING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the run has ended", e);
        }
    }

    @Override
    public void close() {
        reliable.stop(0);
        unreliable.stop(0);
    }
}
