package dev.darkroom.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that verifies signatures by its own reading of the standard. Like S3, it answers 403 for an object that is not
 * there, because the roles of the functions may not list it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">Header</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Query</a>
 */
public final class SignedBucket implements AutoCloseable {

    public static final String SECRET = "the-secret";
    public static final String REGION = "eu-central-1";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What happens to a request. */
    public enum Fault {
        /** 503, without an effect. */
        OVERLOADED,
        /** Has its effect; the connection is closed without an answer. */
        NO_ANSWER,
        /** 403 of a missing permission. */
        FORBIDDEN
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(byte[] bytes, String type) {}

    /** A request with its body, and its query by name. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Request(HttpExchange exchange, byte[] body, Map<String, String> query) {

        String header(String name) {
            var value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }

        String path() {
            return exchange.getRequestURI().getRawPath();
        }
    }

    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final HttpServer server = Http.serve(0, this::handle);

    public URI address() {
        return Http.address(server);
    }

    /** The next requests meet these faults, one each. */
    public void fail(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Method and status of each request that was answered. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The session tokens of the requests. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var request = new Request(
                exchange,
                exchange.getRequestBody().readAllBytes(),
                query(exchange.getRequestURI().getRawQuery()));
        var fault = faults.poll();
        tokens.add(request.header("x-amz-security-token"));
        if (fault == Fault.OVERLOADED) {
            error(request, 503, "SlowDown");
        } else if (fault == Fault.FORBIDDEN) {
            error(request, 403, "AccessDenied");
        } else if (fault == Fault.NO_ANSWER) {
            put(request);
            throw new IOException("closed without an answer");
        } else if (!isSigned(request)) {
            error(request, 403, "SignatureDoesNotMatch");
        } else {
            answer(request);
        }
    }

    private void answer(Request request) throws IOException {
        switch (request.exchange().getRequestMethod()) {
            case "PUT" -> {
                if (!request.header("x-amz-content-sha256").equals(hex(sha256(request.body())))) {
                    error(request, 400, "XAmzContentSHA256Mismatch");
                } else if (put(request)) {
                    respond(request, 200, Map.of(), new byte[0]);
                } else {
                    error(request, 412, "PreconditionFailed");
                }
            }
            case "GET", "HEAD" -> get(request);
            case "DELETE" -> {
                objects.remove(request.path());
                respond(request, 204, Map.of(), new byte[0]);
            }
            default -> error(request, 405, "MethodNotAllowed");
        }
    }

    private boolean put(Request request) {
        var stored = new Stored(request.body(), request.header("Content-Type"));
        if (request.header("If-None-Match").equals("*")) {
            return objects.putIfAbsent(request.path(), stored) == null;
        }
        objects.put(request.path(), stored);
        return true;
    }

    private void get(Request request) throws IOException {
        var stored = objects.get(request.path());
        if (stored == null) {
            error(request, 403, "AccessDenied");
            return;
        }
        var headers = new TreeMap<>(Map.of("Content-Type", stored.type()));
        for (var header : List.of("Content-Disposition", "Cache-Control")) {
            var value = request.query().get("response-" + header.toLowerCase(Locale.ROOT));
            if (value != null) {
                headers.put(header, URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        respond(request, 200, headers, stored.bytes());
    }

    private void error(Request request, int status, String code) throws IOException {
        var body = "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
        respond(request, status, Map.of("Content-Type", "application/xml"), body);
    }

    private void respond(Request request, int status, Map<String, String> headers, byte[] body) throws IOException {
        requests.add("%s %d".formatted(request.exchange().getRequestMethod(), status));
        Http.answer(request.exchange(), status, headers, body);
    }

    private static boolean isSigned(Request request) {
        var query = request.query();
        if (query.containsKey("X-Amz-Signature")) {
            return isSigned(
                    request,
                    decoded(query, "X-Amz-Credential"),
                    decoded(query, "X-Amz-SignedHeaders"),
                    decoded(query, "X-Amz-Signature"),
                    decoded(query, "X-Amz-Date"));
        }
        var parts = Arrays.stream(request.header("Authorization")
                        .replaceFirst("^AWS4-HMAC-SHA256 ", "")
                        .split(", ?"))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        return parts.size() == 3
                && isSigned(
                        request,
                        decoded(parts, "Credential"),
                        decoded(parts, "SignedHeaders"),
                        decoded(parts, "Signature"),
                        request.header("x-amz-date"));
    }

    private static boolean isSigned(
            Request request, String credential, String signedHeaders, String signature, String date) {
        var scope = credential.split("/", 2)[1];
        var presigned = request.query().containsKey("X-Amz-Signature");
        var age = Duration.between(TIME.parse(date, Instant::from), Instant.now());
        var limit = presigned
                ? Duration.ofSeconds(Long.parseLong(decoded(request.query(), "X-Amz-Expires")))
                : Duration.ofMinutes(15);
        var canonical = String.join(
                "\n",
                request.exchange().getRequestMethod(),
                request.path(),
                request.query().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("X-Amz-Signature"))
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&")),
                Arrays.stream(signedHeaders.split(";"))
                        .map(name -> name + ":" + request.header(name).strip() + "\n")
                        .collect(Collectors.joining()),
                signedHeaders,
                presigned ? "UNSIGNED-PAYLOAD" : request.header("x-amz-content-sha256"));
        var toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", date, scope, hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        var key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return scope.equals("%s/%s/s3/aws4_request".formatted(date.substring(0, 8), REGION))
                && age.compareTo(limit) <= 0
                && hex(hmac(key, toSign)).equals(signature);
    }

    /** The parameters as they are encoded, sorted by name. */
    private static Map<String, String> query(@Nullable String raw) {
        return new TreeMap<>(
                raw == null
                        ? Map.of()
                        : Arrays.stream(raw.split("&"))
                                .map(parameter -> parameter.split("=", 2))
                                .collect(Collectors.toMap(part -> part[0], part -> part[1])));
    }

    private static String decoded(Map<String, String> values, String name) {
        return URLDecoder.decode(values.getOrDefault(name, ""), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
        }
    }
}
