package dev.darkroom.faults.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisturbedLineTest {

    private static final int CLOSED = 0;

    /** Sends different requests; returns how many had each status, 0 for a connection that was closed. */
    private static Map<Integer, Integer> statuses(URI line, int requests) throws InterruptedException {
        var statuses = new HashMap<Integer, Integer>();
        try (var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < requests; i++) {
                statuses.merge(status(client, line, "cat %d".formatted(i)), 1, Integer::sum);
            }
        }
        return statuses;
    }

    private static int status(HttpClient client, URI line, String prompt) throws InterruptedException {
        var request = HttpRequest.newBuilder(line.resolve("/v1/images/generations"))
                .POST(BodyPublishers.ofString("{\"prompt\": \"%s\"}".formatted(prompt)))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException _) {
            return CLOSED;
        }
    }

    @Test
    void eachKindOfFaultComesOnceBeforeOneComesAgain() throws InterruptedException {
        try (var gateway = new PlainGateway(Duration.ofMillis(1500));
                var line = new DisturbedLine(gateway, 1, 1)) {

            var statuses = statuses(line.address(), LineFault.values().length);

            assertThat(line.met())
                    .hasSize(LineFault.values().length)
                    .allSatisfy((_, count) -> assertThat(count).isEqualTo(1));
            assertThat(statuses).isEqualTo(Map.of(504, 1, 503, 2, CLOSED, 2, 500, 1));
            assertThat(gateway.charged()).hasSize(4);
        }
    }

    @Test
    void aLineWithoutFaultsPassesEverythingOn() throws InterruptedException {
        try (var gateway = new PlainGateway(Duration.ofMillis(1));
                var line = new DisturbedLine(gateway, 0, 1)) {

            var statuses = statuses(line.address(), 20);

            assertThat(statuses).isEqualTo(Map.of(200, 20));
            assertThat(gateway.charged()).hasSize(20);
        }
    }
}
