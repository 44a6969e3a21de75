package dev.darkroom.provider.easel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands in for Easel. A job is done at once; a prompt with {@code [lost]} is ordered but answered with a 504. */
public final class EaselServer implements AutoCloseable {

    private static final Pattern JOBS = Pattern.compile("/templates/(.+)/jobs(?:/([^/]+))?");

    private final HttpServer server = Http.serve(0, this::handle);
    private final Map<String, String> templates = new ConcurrentHashMap<>();
    private final AtomicInteger orders = new AtomicInteger();
    private volatile boolean out;
    private volatile boolean refusing;

    public URI address() {
        return Http.address(server);
    }

    /** How many orders came in, including refused ones. */
    public int orders() {
        return orders.get();
    }

    /** Answers every request for a result with a 503, or ends that. */
    public void setOut(boolean out) {
        this.out = out;
    }

    /** Answers every order with a 429, or ends that. */
    public void setRefusing(boolean refusing) {
        this.refusing = refusing;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = JOBS.matcher(exchange.getRequestURI().getPath());
        var body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestHeaders().getFirst("X-Easel-Token") == null) {
            answer(exchange, 401, "error=no-token");
        } else if (!path.matches()) {
            answer(exchange, 404, "error=no-such-path");
        } else if (path.group(2) == null) {
            order(exchange, path.group(1), EaselForm.read(body));
        } else {
            job(exchange, path.group(1), path.group(2));
        }
    }

    private void order(HttpExchange exchange, String template, EaselForm order) throws IOException {
        int number = orders.incrementAndGet();
        if (refusing) {
            answer(exchange, 429, "error=too-many-orders");
            return;
        }
        var job = "job-" + number;
        templates.put(job, template);
        boolean isLost = order.first("prompt").orElse("").contains("[lost]");
        answer(exchange, isLost ? 504 : 200, isLost ? "" : "state=waiting&job=" + job);
    }

    private void job(HttpExchange exchange, String template, String job) throws IOException {
        if (out) {
            answer(exchange, 503, "error=closed");
        } else if (template.equals(templates.get(job))) {
            var image = URLEncoder.encode("https://easel.example/%s.png".formatted(job), StandardCharsets.UTF_8);
            answer(exchange, 200, "state=done&image=" + image);
        } else {
            answer(exchange, 404, "error=no-such-job");
        }
    }

    private static void answer(HttpExchange exchange, int status, String form) throws IOException {
        Http.answer(
                exchange,
                status,
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
