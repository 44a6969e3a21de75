package dev.darkroom.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

/** Opens links of images without an API key and exactly as they are, which REST Assured does not. */
final class OpenedLinks implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client = HttpClient.newHttpClient();

    /** The answer to the link itself. */
    HttpResponse<String> answer(String link) {
        return send(link, BodyHandlers.ofString());
    }

    /** Where the link leads to now. */
    String location(String link) {
        return answer(link).headers().firstValue("location").orElse("");
    }

    /** The bytes of the image, through at most one redirect; throws when there is none. */
    byte[] download(String link) {
        var answer = send(link, BodyHandlers.ofByteArray());
        if (REDIRECTS.contains(answer.statusCode())) {
            answer = send(answer.headers().firstValue("location").orElseThrow(), BodyHandlers.ofByteArray());
        }
        if (answer.statusCode() != 200) {
            throw new AssertionError("%s is answered with %d".formatted(link, answer.statusCode()));
        }
        return answer.body();
    }

    private <T> HttpResponse<T> send(String address, BodyHandler<T> body) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
