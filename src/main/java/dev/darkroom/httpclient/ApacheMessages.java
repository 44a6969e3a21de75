package dev.darkroom.httpclient;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.protocol.HTTP;

/** Requests and answers as the HTTP library has them. */
final class ApacheMessages {

    private ApacheMessages() {}

    static HttpRequest request(ByteRequest request, boolean isKept) {
        var sent = switch (request.method()) {
            case GET, DELETE ->
                new BasicHttpRequest(request.method().name(), target(request.address()), HttpVersion.HTTP_1_1);
            case POST, PUT -> withBody(request);
        };
        request.headers().forEach(sent::setHeader);
        addHeader(sent, HTTP.TARGET_HOST, host(request.address()));
        addHeader(sent, HTTP.USER_AGENT, "darkroom");
        sent.setHeader(HTTP.CONN_DIRECTIVE, isKept ? "keep-alive" : "close");
        return sent;
    }

    private static HttpRequest withBody(ByteRequest request) {
        var sent = new BasicHttpEntityEnclosingRequest(
                request.method().name(), target(request.address()), HttpVersion.HTTP_1_1);
        sent.setEntity(new ByteArrayEntity(request.body()));
        sent.setHeader(HTTP.CONTENT_LEN, Integer.toString(request.body().length));
        return sent;
    }

    private static void addHeader(HttpRequest request, String name, String value) {
        if (!request.containsHeader(name)) {
            request.setHeader(name, value);
        }
    }

    private static String target(URI address) {
        var path = address.getRawPath();
        var query = address.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** Without a user's name, which the address may have. */
    private static String host(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    static AnswerHead head(HttpResponse response) {
        return new AnswerHead(
                response.getStatusLine().getStatusCode(),
                Arrays.stream(response.getAllHeaders())
                        .collect(Collectors.groupingBy(
                                header -> header.getName().toLowerCase(Locale.ROOT),
                                Collectors.mapping(ApacheMessages::value, Collectors.toUnmodifiableList()))));
    }

    private static String value(Header header) {
        return header.getValue() == null ? "" : header.getValue();
    }
}
