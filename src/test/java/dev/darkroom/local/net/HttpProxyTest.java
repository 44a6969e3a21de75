package dev.darkroom.local.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpProxyTest {

    @Test
    void aClientThatOffersHttp2IsForwarded() throws IOException, InterruptedException {
        // Given
        var server = Http.serve(
                0, exchange -> Http.answer(exchange, 200, Map.of(), "here".getBytes(StandardCharsets.UTF_8)));
        try (var proxy = new HttpProxy((exchange, body, to) -> HttpProxy.answer(exchange, to.send(exchange, body)));
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(proxy.before(Http.address(server)))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();

            // When
            var response = client.send(request, BodyHandlers.ofString());

            // Then
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(response.body()).isEqualTo("here");
        } finally {
            server.stop(0);
        }
    }
}
