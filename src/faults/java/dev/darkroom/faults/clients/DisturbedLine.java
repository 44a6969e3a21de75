package dev.darkroom.faults.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.HttpProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The line between a client and a gateway. It disturbs a share of the requests for images. */
final class DisturbedLine implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long POLL_MILLIS = 10;
    private static final int MAX_PAUSE_MILLIS = 1000;

    private final HttpProxy proxy = new HttpProxy(this::handle);
    private final HttpClient images =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Gateway gateway;
    private final LineFaults faults;
    private final Random random;

    /** {@code broken} is the share of the requests that it disturbs, from 0 to 1. */
    DisturbedLine(Gateway gateway, double broken, long seed) {
        this.gateway = gateway;
        this.random = new Random(seed);
        this.faults = new LineFaults(broken, random);
        proxy.before(gateway.address());
    }

    URI address() {
        return proxy.address();
    }

    /** The number of faults of each kind. */
    Map<LineFault, Integer> met() {
        return faults.met();
    }

    private void handle(HttpExchange exchange, String body, HttpProxy line) throws IOException, InterruptedException {
        if (exchange.getRequestMethod().equals("GET")) {
            HttpProxy.answer(exchange, image(exchange.getRequestURI()));
            return;
        }
        var fault = faults.next();
        if (fault.isEmpty()) {
            pass(exchange, line.send(exchange, body));
            return;
        }
        switch (fault.get()) {
            case FRONT_504 -> {
                awaitSubmitted(body, sending(exchange, body));
                var page = "<html><body>504 Gateway Time-out</body></html>".getBytes(StandardCharsets.UTF_8);
                Http.answer(exchange, 504, Map.of("Content-Type", "text/html"), page);
            }
            case THROTTLED_503 -> unavailable(exchange);
            case LATE_503 -> {
                line.send(exchange, body);
                unavailable(exchange);
            }
            case RESET_BEFORE -> exchange.close();
            case RESET_AFTER -> {
                line.send(exchange, body);
                exchange.close();
            }
            case KILLED -> pass(exchange, killed(sending(exchange, body)));
        }
    }

    /**
     * The image that a link leads to. The line follows the link's redirects itself: on this machine they lead to another
     * port, and the AI SDK fetches nothing from this machine but from the port that it calls.
     */
    private HttpResponse<byte[]> image(URI link) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.address().resolve(link)).build();
        return images.send(request, BodyHandlers.ofByteArray());
    }

    /** Links lead through the line too, for the same reason. */
    private void pass(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        boolean isJson = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        HttpProxy.answer(exchange, answer, isJson ? withLinks(answer.body()) : answer.body());
    }

    private byte[] withLinks(byte[] json) {
        return new String(json, StandardCharsets.UTF_8)
                .replace(gateway.address().toString(), address().toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void unavailable(HttpExchange exchange) throws IOException {
        Http.answerJson(exchange, 503, "{\"message\":\"Service Unavailable\"}");
    }

    private Future<HttpResponse<byte[]>> sending(HttpExchange exchange, String body) {
        var answer = new FutureTask<>(() -> proxy.send(exchange, body));
        Thread.ofVirtual().start(answer);
        return answer;
    }

    /**
     * A front has more patience than a request needs to arrive. So its 504 comes when the provider has the request, and
     * not before; for a prompt that the provider already had, it comes in place of the answer.
     */
    private void awaitSubmitted(String body, Future<HttpResponse<byte[]>> answer)
            throws IOException, InterruptedException {
        var prompt = JSON.readTree(body).path("prompt").asText();
        boolean isRepeated = gateway.hasSubmitted(prompt);
        while (!answer.isDone() && (isRepeated || !gateway.hasSubmitted(prompt))) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The kill may end the work on another request of the line. Each is answered as the gateway answers it. */
    private HttpResponse<byte[]> killed(Future<HttpResponse<byte[]>> answer) throws IOException, InterruptedException {
        Thread.sleep(random.nextInt(MAX_PAUSE_MILLIS));
        while (!answer.isDone() && !gateway.killOneAtWork(random)) {
            Thread.sleep(POLL_MILLIS);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException("the gateway did not answer", e);
        }
    }

    @Override
    public void close() {
        proxy.close();
        images.close();
    }
}
