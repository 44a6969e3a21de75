package dev.darkroom.faults.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.text.Sha256;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A gateway that passes each request on: it pays for the images, waits for them, and answers them. It stands behind API
 * Gateway too, which gives up after 30 s.
 */
final class PlainGateway implements Gateway, AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SECONDS = Pattern.compile("\\[(\\d+) s]");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** By its first bytes, clients take an image for a PNG. */
    private static final String PNG = "\u0089PNG\r\n\u001a\n";

    private final HttpServer server = Http.serve(0, this::handle);
    private final Duration imageTime;
    private final Map<String, String> charged = new ConcurrentHashMap<>();
    private final List<CountDownLatch> working = new CopyOnWriteArrayList<>();

    PlainGateway(Duration imageTime) {
        this.imageTime = imageTime;
    }

    @Override
    public URI address() {
        return Http.address(server);
    }

    /** The prompt of each image that was paid for, by the image's SHA-256. */
    Map<String, String> charged() {
        return Map.copyOf(charged);
    }

    @Override
    public boolean hasSubmitted(String prompt) {
        return charged.containsValue(prompt);
    }

    @Override
    public boolean killOneAtWork(Random random) {
        var now = List.copyOf(working);
        if (now.isEmpty()) {
            return false;
        }
        now.get(random.nextInt(now.size())).countDown();
        return true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var answer = JSON.createObjectNode().put("created", 0);
        var data = answer.putArray("data");
        for (int i = 0; i < request.path("n").asInt(1); i++) {
            data.addObject().put("b64_json", Base64.getEncoder().encodeToString(image(request)));
        }
        switch (drawn(request)) {
            case DONE -> Http.answerJson(exchange, 200, answer.toString());
            case LATE -> Http.answerJson(exchange, 503, "{\"message\":\"Service Unavailable\"}");
            case KILLED -> Http.answerJson(exchange, 500, "{\"message\":\"Internal Server Error\"}");
        }
    }

    private byte[] image(JsonNode request) {
        var image = (PNG + UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1);
        charged.put(HexFormat.of().formatHex(Sha256.digest().digest(image)), prompt(request));
        return image;
    }

    private static String prompt(JsonNode request) {
        return request.path("prompt").asText();
    }

    private enum Drawn {
        DONE,
        LATE,
        KILLED
    }

    private Drawn drawn(JsonNode request) {
        var seconds = SECONDS.matcher(prompt(request));
        var time = seconds.find() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : imageTime;
        boolean isLate = time.compareTo(LIMIT) > 0;
        var killed = new CountDownLatch(1);
        working.add(killed);
        try {
            if (killed.await((isLate ? LIMIT : time).toMillis(), TimeUnit.MILLISECONDS)) {
                return Drawn.KILLED;
            }
            return isLate ? Drawn.LATE : Drawn.DONE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Drawn.KILLED;
        } finally {
            working.remove(killed);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
