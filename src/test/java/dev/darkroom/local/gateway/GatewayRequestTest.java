package dev.darkroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.declared.Route;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRequestTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-25T10:00:00.123Z");
    private static final Route ROUTE = Route.of("GET", "/api/v3/balance", "submit-generation");

    /** The caller also waits for the start of a process, so the function counts from the request's arrival. */
    @Test
    void theTimeOfTheRequestIsThatOfItsArrival() throws IOException, InterruptedException {
        var event = eventOf("/api/v3/balance");

        assertThat(event.at("/requestContext/timeEpoch").longValue()).isEqualTo(ARRIVAL.toEpochMilli());
    }

    @Test
    void theValuesOfARepeatedQueryParameterAreJoined() throws IOException, InterruptedException {
        var event = eventOf("/api/v3/balance?a=1&b=2&a=3&a");

        assertThat(event.path("queryStringParameters").toString()).isEqualTo("{\"a\":\"1,3,\",\"b\":\"2\"}");
    }

    private static JsonNode eventOf(String path) throws IOException, InterruptedException {
        var server = Http.serve(0, exchange -> {
            var request = new GatewayRequest(exchange, ROUTE, Map.of(), ARRIVAL);
            Http.answerJson(exchange, 200, request.event(new byte[0]));
        });
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(Http.address(server) + path))
                            .build(),
                    BodyHandlers.ofString());
            return new JsonMapper().readTree(answer.body());
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v3/a/b?x=1, /api/v3/a/b",
        "//api/v3/a/b?x=1, //api/v3/a/b",
        "///api/v3/a/b, ///api/v3/a/b",
        "//api, //api",
        "/, /",
        "/api//v3/a%20b, /api//v3/a b",
        "//api/v3/a%20b, //api/v3/a b"
    })
    void thePathHasAllItsSlashes(URI target, String path) {
        assertThat(GatewayRequest.path(target)).isEqualTo(path);
    }
}
