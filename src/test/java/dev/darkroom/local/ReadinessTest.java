package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers with the statuses that a test sets, one after the other. */
class ReadinessTest {

    private static final ApiKey KEY = ApiKey.of(new byte[ApiKey.BYTES]);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server = Http.serve(0, this::answer);

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void aRefusedSubmissionAndAnUnknownResultMakeItReady() throws InterruptedException {
        statuses.addAll(List.of(400, 404));
        var steps = new ArrayList<String>();

        new Readiness(Http.address(server), KEY, TIMEOUT).await(steps::add);

        assertThat(requests)
                .containsExactly(
                        "POST /api/v3/wavespeed-ai/imagen4 Bearer %s {}".formatted(KEY.value()),
                        "GET /api/v3/predictions/%s/result Bearer %s ".formatted("0".repeat(32), KEY.value()));
        assertThat(steps).hasSize(2);
    }

    @Test
    void itIsNotReadyWhileARequestFails() throws InterruptedException {
        statuses.addAll(List.of(500, 429, 400, 503, 404));

        new Readiness(Http.address(server), KEY, TIMEOUT).await(_ -> {});

        assertThat(statuses).isEmpty();
    }

    @Test
    void aGatewayThatNeverAnswersAsItShouldIsNamed() {
        statuses.addAll(List.of(500, 500, 500));

        assertThatThrownBy(() -> new Readiness(Http.address(server), KEY, Duration.ofMillis(1)).await(_ -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("POST /api/v3/wavespeed-ai/imagen4 is still answered with ")
                .hasMessageContaining("instead of 400");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Http.answerJson(exchange, statuses.isEmpty() ? 500 : statuses.remove(), "{}");
    }
}
