package dev.darkroom.faults;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.HttpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Stands before the table and throttles calls, fails them, or drops the connection before or after the effect. */
final class FaultyTable implements AutoCloseable {

    /** The faults of a call. */
    enum Fault {
        THROTTLED,
        FAILED,
        DROPPED_BEFORE,
        DROPPED_AFTER
    }

    private static final double LIKELY = 0.01;

    private final HttpProxy proxy = new HttpProxy(this::handle);
    private final Random random;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private boolean calm;

    FaultyTable(long seed) {
        random = new Random(seed);
    }

    URI before(URI table) {
        return proxy.before(table);
    }

    /** Ends the faults. */
    synchronized void calmDown() {
        calm = true;
    }

    /** The number of faults of each kind. */
    synchronized Map<Fault, Integer> met() {
        return Map.copyOf(met);
    }

    private void handle(HttpExchange exchange, String body, HttpProxy table) throws IOException, InterruptedException {
        var fault = chance();
        if (fault.isEmpty()) {
            HttpProxy.answer(exchange, table.send(exchange, body));
            return;
        }
        switch (fault.get()) {
            case THROTTLED ->
                refuse(exchange, 400, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException");
            case FAILED -> refuse(exchange, 500, "com.amazonaws.dynamodb.v20120810#InternalServerError");
            case DROPPED_BEFORE -> exchange.close();
            case DROPPED_AFTER -> {
                table.send(exchange, body);
                exchange.close();
            }
        }
    }

    private synchronized Optional<Fault> chance() {
        if (calm || random.nextDouble() >= LIKELY * Fault.values().length) {
            return Optional.empty();
        }
        var fault = Fault.values()[random.nextInt(Fault.values().length)];
        met.merge(fault, 1, Integer::sum);
        return Optional.of(fault);
    }

    private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
        var answer = "{\"__type\":\"%s\",\"message\":\"\"}".formatted(type).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
