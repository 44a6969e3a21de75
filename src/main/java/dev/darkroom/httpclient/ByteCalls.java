package dev.darkroom.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;

/**
 * Sends requests whose bodies are bytes, to any server, with one time limit for each. Errors of the network and the
 * server are outcomes, not exceptions. It repeats nothing, follows no redirect, and undoes no content encoding.
 */
public final class ByteCalls {

    private static final String CONTENT_LENGTH = "content-length";
    private static final String TRANSFER_ENCODING = "transfer-encoding";

    private final HttpClient client;

    private ByteCalls(HttpClient client) {
        this.client = client;
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static ByteCalls withKeptConnections(Duration keptAlive) {
        return new ByteCalls(
                Clients.keeping(Clients.of(new HostLookup()), keptAlive).build());
    }

    /** Each call gets a connection of its own, which is closed afterwards. */
    public static ByteCalls withNewConnections() {
        return withNewConnections(_ -> true);
    }

    /**
     * Each call gets a connection of its own. A host whose addresses are not all {@code allowed} is not connected to:
     * the outcome is then {@link HttpOutcome.NotSent} for that cause.
     */
    public static ByteCalls withNewConnections(Predicate<InetAddress> allowed) {
        return new ByteCalls(Clients.closing(Clients.of(new AllowedAddresses(new HostLookup(), allowed)))
                .build());
    }

    /**
     * Sends a request and waits for its end.
     *
     * @param largestBody in bytes, of the answer
     * @param timeout for all of it, from looking up the server's address to the last byte of the answer
     */
    public HttpOutcome send(ByteRequest request, int largestBody, Duration timeout) {
        return TimedCalls.send(new Exchange(() -> sent(request, largestBody)), timeout);
    }

    private HttpOutcome sent(ByteRequest request, int largestBody) throws IOException {
        var sent = toApache(request);
        Exchange.current().begin(sent);
        return read(client.execute(sent), largestBody);
    }

    private static HttpRequestBase toApache(ByteRequest request) {
        var sent = switch (request.method()) {
            case GET -> new HttpGet(request.address());
            case DELETE -> new HttpDelete(request.address());
            case POST -> withBody(new HttpPost(request.address()), request.body());
            case PUT -> withBody(new HttpPut(request.address()), request.body());
        };
        sent.setConfig(Clients.EXACT_ADDRESSES);
        request.headers().forEach(sent::setHeader);
        return sent;
    }

    private static HttpRequestBase withBody(HttpEntityEnclosingRequestBase request, byte[] body) {
        request.setEntity(new ByteArrayEntity(body));
        return request;
    }

    /** An answer that says itself that it is too large is not read. */
    private static HttpOutcome read(HttpResponse response, int largestBody) throws IOException {
        var head = new AnswerHead(
                response.getStatusLine().getStatusCode(),
                Arrays.stream(response.getAllHeaders())
                        .collect(Collectors.groupingBy(
                                header -> header.getName().toLowerCase(Locale.ROOT),
                                Collectors.mapping(ByteCalls::value, Collectors.toUnmodifiableList()))));
        var entity = response.getEntity();
        if (entity == null) {
            return head.withBody(null, largestBody);
        }
        return entity.getContentLength() > largestBody
                ? head.tooLarge(new byte[0], largestBody)
                : head.withBody(entity.getContent(), largestBody);
    }

    /** An answer that says where its body ends: one without it may have been cut off. */
    public static boolean saysItsEnd(HttpOutcome.Answered answer) {
        return List.of(CONTENT_LENGTH, TRANSFER_ENCODING).stream().anyMatch(answer.headers()::containsKey);
    }

    private static String value(Header header) {
        return header.getValue() == null ? "" : header.getValue();
    }
}
