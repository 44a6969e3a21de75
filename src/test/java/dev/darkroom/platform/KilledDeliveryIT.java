package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.net.Http;
import dev.darkroom.platform.TableProxy.Moment;
import dev.darkroom.platform.TableProxy.Trap;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGKILL ends the process that tells a receiver. The receiver is told again, with the same {@code webhook-id}. */
class KilledDeliveryIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private record Received(String path, String id) {}

    private static final ConcurrentLinkedQueue<Received> RECEIVED = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean KILLED = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private static TableProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer receiver;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        proxy = new TableProxy();
        receiver = Http.serve(0, KilledDeliveryIT::receive);
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTableThrough(proxy::before)
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of("DARKROOM_SWEEP_LEASE", "PT2S")));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
        receiver.stop(0);
        proxy.close();
    }

    private static void receive(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var path = exchange.getRequestURI().getPath();
        var id = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("webhook-id"), "");
        RECEIVED.add(new Received(path, id));
        if (path.equals("/before-the-answer") && !KILLED.getAndSet(true)) {
            gateway.killSweeps();
        }
        Http.answer(exchange, 204, Map.of(), new byte[0]);
    }

    private static String submitted(String path) {
        return gateway.post("{\"prompt\": \"a cat\", \"webhook\": \"%s\"}".formatted(Http.address(receiver) + path))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    private static JsonPath delivered(String id) {
        var deliveries = gateway.url("/v1/generations/" + id + "/deliveries");
        return await().atMost(TIMEOUT)
                .until(
                        () -> gateway.request().get(deliveries).jsonPath(),
                        log -> "delivered".equals(log.getString("data[0].status")));
    }

    private static List<String> idsAt(String path) {
        return RECEIVED.stream()
                .filter(one -> one.path().equals(path))
                .map(Received::id)
                .toList();
    }

    private static void assertToldTwice(String path, JsonPath log) {
        assertThat(idsAt(path)).hasSize(2).doesNotContain("");
        assertThat(idsAt(path).stream().distinct()).hasSize(1);
        assertThat(log.<String>getList("data")).hasSize(1);
        assertThat(log.<Integer>getList("data[0].attempts.http_status")).containsExactly(204);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(gateway.due()).isZero());
    }

    @Test
    void afterTheReceiverHasItAndBeforeItsAnswer() {
        var id = submitted("/before-the-answer");

        assertToldTwice("/before-the-answer", delivered(id));
    }

    @Test
    void afterTheAnswerAndBeforeItIsStored() {
        proxy.set(Trap.once(Moment.BEFORE, KilledDeliveryIT::storesADelivery, () -> gateway.killSweeps()));

        var id = submitted("/before-it-is-stored");

        assertToldTwice("/before-it-is-stored", delivered(id));
    }

    /** The process is not there to learn that its write took effect, so nothing is sent again. */
    @Test
    void afterItIsStored() {
        proxy.set(Trap.once(Moment.AFTER, KilledDeliveryIT::storesADelivery, () -> gateway.killSweeps()));

        var id = submitted("/stored");

        var log = delivered(id);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(gateway.due()).isZero());
        assertThat(idsAt("/stored")).hasSize(1);
        assertThat(log.<Integer>getList("data[0].attempts.http_status")).containsExactly(204);
    }

    private static boolean storesADelivery(String body) {
        return body.contains("{\"S\":\"delivered\"}");
    }
}
