package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.local.provider.Fault;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider sends webhooks when its predictions end. */
class WebhookIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    private int pollsBefore;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withWebhooks()
                .withTick(Duration.ofSeconds(1))
                // The default is two minutes, for which a generation with a lost webhook would wait.
                .withEnvironment(Map.of(
                        "DARKROOM_TIMEOUTS_FIRST_CHECK",
                        "PT8S",
                        // As in a deployment: no image is fetched from this machine.
                        "DARKROOM_FETCH_LOOPBACK",
                        "false")));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @BeforeEach
    void count() {
        pollsBefore = polls();
    }

    @AfterEach
    void behave() {
        gateway.platform().simulator().misbehave(Map.of());
    }

    @Test
    void generationsCostNoPoll() {
        var ids = Stream.generate(() -> gateway.submitted("a cat")).limit(10).toList();

        assertThat(ids)
                .allSatisfy(id -> assertThat(gateway.completed(id).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(polls()).isEqualTo(pollsBefore);
    }

    @Test
    void aFailureArrivesByWebhookToo() {
        var id = gateway.submitted("[fail]");

        assertThat(gateway.completed(id).getString("data.error_code")).isEqualTo("generation_failed");
        assertThat(polls()).isEqualTo(pollsBefore);
    }

    @Test
    void aWebhookThatArrivesTwiceHasNoSecondEffect() {
        var id = gateway.submitted("[duplicate-webhook]");

        var data = gateway.completed(id);

        assertThat(data.getString("data.status")).isEqualTo("completed");
        assertThat(data.getList("data.outputs")).hasSize(1);
        await().until(() -> !gateway.platform().isBusy());
        // The copy of the image goes on meanwhile.
        assertThat(gateway.result(id).getMap("data"))
                .usingRecursiveComparison()
                .ignoringFields("images")
                .isEqualTo(data.getMap("data"));
        assertThat(polls()).isEqualTo(pollsBefore);
    }

    @Test
    void whenAllWebhooksAreLostTheSweepPolls() {
        gateway.platform().simulator().misbehave(Map.of(Fault.LOST_WEBHOOK, 1.0));

        var ids = Stream.generate(() -> gateway.submitted("a cat")).limit(5).toList();

        assertThat(ids)
                .allSatisfy(id -> assertThat(gateway.completed(id).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(polls()).isGreaterThanOrEqualTo(pollsBefore + ids.size());
    }

    @Test
    void aWebhookInsteadOfTheAnswerToThePaidCallBringsTheImages() {
        var id = gateway.submitted("[accept-then-504]");

        var data = gateway.completed(id);

        assertThat(data.getString("data.status")).isEqualTo("completed");
        assertThat(polls()).isEqualTo(pollsBefore);
    }

    @Test
    void aWebhookWithAWrongSignatureIsRefused() {
        var id = gateway.submitted("a cat");

        RestAssured.given()
                .header("webhook-id", "wh")
                .header("webhook-timestamp", "1")
                .header("webhook-signature", "v3," + "0".repeat(64))
                .body("{}")
                .post(gateway.url("/webhooks/wavespeed/" + id))
                .then()
                .statusCode(401);
    }

    @Test
    void outputsThatAreNotPublicAreNeverFetchedAndTheGenerationCompletes() throws IOException {
        var connections = new AtomicInteger();
        try (var listener = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> count(listener, connections));
            var forbidden = Stream.of(
                            "http://127.0.0.1:%d/1.png",
                            "https://127.0.0.1:%d/1.png",
                            "https://localhost:%d/1.png",
                            "https://0.0.0.0:%d/1.png",
                            "https://[::1]:%d/1.png",
                            "https://[::ffff:127.0.0.1]:%d/1.png",
                            "https://user:password@127.0.0.1:%d/1.png",
                            "ftp://127.0.0.1:%d/1.png",
                            "file:///proc/self/environ",
                            "https://169.254.169.254/latest/meta-data/",
                            "https://10.0.0.1/1.png",
                            "https://[fd00:ec2::254]/1.png")
                    .map(address -> address.formatted(listener.getLocalPort()))
                    .toList();

            var id = ChosenOutputs.completed(gateway, "[lost-webhook]", forbidden);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(gateway.result(id).<String>getList("data.images.state"))
                            .hasSize(forbidden.size())
                            .containsOnly("not_copied"));
            assertThat(connections).hasValue(0);
        }
    }

    private static void count(ServerSocket listener, AtomicInteger connections) {
        while (!listener.isClosed()) {
            try (var _ = listener.accept()) {
                connections.incrementAndGet();
            } catch (IOException _) {
                // The socket is closed.
            }
        }
    }

    private static int polls() {
        return gateway.platform().simulator().results();
    }
}
