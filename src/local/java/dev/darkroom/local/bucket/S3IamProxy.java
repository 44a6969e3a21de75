package dev.darkroom.local.bucket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/**
 * Checks the declared permissions before S3Proxy, which checks signatures and knows one access key. A signature in a
 * header does not cover the access key, so it is replaced there; all other parts of a request stay as they are signed.
 */
public final class S3IamProxy implements AutoCloseable {

    /** What concerns one connection only, such as the offer of HTTP/2 by Java's client, and what is made again. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "content-length",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Pattern ACCESS_KEY = Pattern.compile("(?<=^AWS4-HMAC-SHA256 Credential=)[^/]*");
    private static final Pattern PRESIGNED = Pattern.compile("(?:^|&)X-Amz-Credential=([^&]+)");
    private static final int MAX_CONNECTIONS = 256;

    /** What becomes of a request that the role allows. */
    public enum Course {
        NORMAL,
        /** It has its effect, and the connection is closed without an answer. */
        ANSWER_LOST,
        /** It never reaches the bucket: the disturbance has answered it, or the connection is closed. */
        HELD_BACK
    }

    /** Decides about requests before they reach the bucket, to test what happens when the bucket fails. */
    @FunctionalInterface
    public interface Disturbance {

        Course of(HttpExchange exchange) throws IOException;
    }

    private final Iam iam;
    private final URI bucket;
    private final HttpServer server;
    private final CloseableHttpClient client = HttpClients.custom()
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setDefaultRequestConfig(
                    RequestConfig.custom().setNormalizeUri(false).build())
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .build();
    /** S3Proxy looks for an object before it writes it; S3 does both at once. */
    private final ReentrantLock[] writes =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private volatile Disturbance disturbance = _ -> Course.NORMAL;

    /** A proxy before S3Proxy at the address {@code bucket}. */
    public S3IamProxy(Iam iam, URI bucket) {
        this.iam = iam;
        this.bucket = bucket;
        this.server = Http.serve(0, this::handle);
    }

    public URI address() {
        return Http.address(server);
    }

    /** Lets {@code other} decide about further requests. */
    public void disturb(Disturbance other) {
        disturbance = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var principal = principal(exchange);
        var access = AccessRequest.to(action(exchange.getRequestMethod()), resource(exchange));
        if (!iam.allows(principal, access)) {
            var error = "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"
                    .formatted(Iam.message(principal, access));
            Http.answer(
                    exchange, 403, Map.of("Content-Type", "application/xml"), error.getBytes(StandardCharsets.UTF_8));
            return;
        }
        var course = disturbance.of(exchange);
        if (course != Course.HELD_BACK) {
            forward(exchange, body, course == Course.NORMAL);
        }
    }

    /** The access key of a request or of a presigned address. */
    private static String principal(HttpExchange exchange) {
        var query = exchange.getRequestURI().getRawQuery();
        var presigned = PRESIGNED.matcher(query == null ? "" : query);
        return presigned.find()
                ? URLDecoder.decode(presigned.group(1), StandardCharsets.UTF_8).split("/", 2)[0]
                : Iam.principal(exchange);
    }

    private static String action(String method) {
        return switch (method) {
            case "GET", "HEAD" -> "s3:GetObject";
            case "PUT" -> "s3:PutObject";
            case "DELETE" -> "s3:DeleteObject";
            default -> "s3:" + method;
        };
    }

    private static String resource(HttpExchange exchange) {
        return Arns.bucket(exchange.getRequestURI().getPath().substring(1));
    }

    private void forward(HttpExchange exchange, byte[] body, boolean answered) throws IOException {
        var lock = writes[Math.floorMod(exchange.getRequestURI().getPath().hashCode(), writes.length)];
        lock.lock();
        try (var response = client.execute(request(exchange, body))) {
            var headers = new HashMap<String, String>();
            for (var header : response.getAllHeaders()) {
                if (isForwarded(header.getName()) || isLengthForHead(exchange, header.getName())) {
                    headers.put(header.getName(), header.getValue());
                }
            }
            var entity = response.getEntity();
            var answer = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
            if (answered) {
                Http.answer(exchange, response.getStatusLine().getStatusCode(), headers, answer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Without a body, the length is known from the header only. */
    private static boolean isLengthForHead(HttpExchange exchange, String header) {
        return exchange.getRequestMethod().equals("HEAD") && header.equalsIgnoreCase("content-length");
    }

    private Request request(HttpExchange exchange, byte[] body) {
        var request =
                new Request(exchange.getRequestMethod(), URI.create(bucket.toString() + exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value ->
                        request.addHeader(name, ACCESS_KEY.matcher(value).replaceFirst(S3Proxy.ACCESS_KEY)));
            }
        });
        if (body.length > 0) {
            request.setEntity(new ByteArrayEntity(body));
        }
        return request;
    }

    private static boolean isForwarded(String header) {
        return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy of the bucket cannot be closed", e);
        }
    }

    private static final class Request extends HttpEntityEnclosingRequestBase {

        private final String method;

        Request(String method, URI address) {
            this.method = method;
            setURI(address);
        }

        @Override
        public String getMethod() {
            return method;
        }
    }
}
