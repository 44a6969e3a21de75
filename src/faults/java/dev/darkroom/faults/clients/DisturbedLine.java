package dev.darkroom.faults.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.HttpProxy;
import dev.darkroom.local.net.OneOrigin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
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
    private final Gateway gateway;
    private final OneOrigin origin;
    private final LineFaults faults;
    private final Random random;

    /** {@code broken} is the share of the requests that it disturbs, from 0 to 1. */
    DisturbedLine(Gateway gateway, double broken, long seed) {
        this.gateway = gateway;
        this.random = new Random(seed);
        this.faults = new LineFaults(broken, random);
        this.origin = new OneOrigin(gateway.address(), proxy.before(gateway.address()));
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
            HttpProxy.answer(exchange, origin.image(exchange.getRequestURI()));
            return;
        }
        var fault = faults.next();
        if (fault.isEmpty()) {
            origin.answer(exchange, line.send(exchange, body));
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
            case KILLED -> origin.answer(exchange, killed(sending(exchange, body)));
        }
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
        origin.close();
    }
}
