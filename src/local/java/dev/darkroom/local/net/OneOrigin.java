package dev.darkroom.local.net;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of a gateway as if everything had one origin. On this machine its links lead to the ports of the bucket and of
 * the provider, and a client such as the AI SDK fetches nothing from this machine but from the port that it calls.
 */
public final class OneOrigin implements AutoCloseable {

    /** With webhooks, links have the address at which the provider reaches the gateway. */
    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+/images/");

    private final HttpClient images =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final URI gateway;
    private final URI origin;

    /** {@code origin} is the address that clients call in place of that of the {@code gateway}. */
    public OneOrigin(URI gateway, URI origin) {
        this.gateway = gateway;
        this.origin = origin;
    }

    /** The image that a link leads to, wherever it is. */
    public HttpResponse<byte[]> image(URI link) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve(link)).build();
        return images.send(request, BodyHandlers.ofByteArray());
    }

    /** Sends an answer of the gateway to the client, with links that lead to the origin. */
    public void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        boolean isJson = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        HttpProxy.answer(exchange, answer, isJson ? withLinks(answer.body()) : answer.body());
    }

    private byte[] withLinks(byte[] json) {
        return LINK.matcher(new String(json, StandardCharsets.UTF_8))
                .replaceAll(Matcher.quoteReplacement(origin + "/images/"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        images.close();
    }
}
