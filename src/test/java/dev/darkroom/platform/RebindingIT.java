package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.httpclient.ListeningSocket;
import dev.darkroom.local.net.Http;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name that a caller has registered leads to another address by the time of a delivery. The functions find names in a
 * file, which changes meanwhile. On this machine they may call loopback addresses, so its other addresses are those
 * that they must not call.
 */
class RebindingIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);
    private static final String TOLD_NAME = "told.example";
    private static final String REFUSED_NAME = "refused.example";
    private static final AtomicInteger TOLD = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static HttpServer receiver;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() throws IOException {
        receiver = Http.serve(0, exchange -> {
            exchange.getRequestBody().readAllBytes();
            TOLD.incrementAndGet();
            Http.answer(exchange, 204, Map.of(), new byte[0]);
        });
        leadsTo("127.0.0.1");
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withSystemProperties(Map.of("jdk.net.hosts.file", hosts().toString(), "sun.net.inetaddr.ttl", "0")));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
        receiver.stop(0);
    }

    private static Path hosts() {
        return folder.resolve("hosts");
    }

    /** Replaces the file as a whole, because functions read it at any time. */
    private static void leadsTo(String address) throws IOException {
        var next = Files.writeString(
                folder.resolve("next"), "127.0.0.1 localhost\n%s %s %s\n".formatted(address, TOLD_NAME, REFUSED_NAME));
        Files.move(next, hosts(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** An address of this machine that is not a loopback address; 0.0.0.0 leads to it as well. */
    private static String privateAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("0.0.0.0");
    }

    private static JsonPath deliveries(String id) {
        return gateway.request()
                .get(gateway.url("/v1/generations/" + id + "/deliveries"))
                .jsonPath();
    }

    private static String lastReason(String id) {
        return String.valueOf(deliveries(id).<Object>get("data[0].attempts[-1].reason"));
    }

    /** A native executable remembers a name for 30 s, whatever the settings of a process say. */
    @Test
    void aNameThatLeadsToAPrivateAddressByNowIsNotCalled() throws IOException {
        leadsTo("127.0.0.1");
        int port = receiver.getAddress().getPort();
        String id = gateway.post(body(TOLD_NAME, port))
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
        await().atMost(TIMEOUT).until(() -> "delivered".equals(deliveries(id).getString("data[0].status")));
        assertThat(TOLD).hasValue(1);

        var elsewhere = privateAddress();
        try (var socket = ListeningSocket.at(InetAddress.ofLiteral(elsewhere), port)) {
            leadsTo(elsewhere);
            await().atMost(TIMEOUT).pollInterval(POLL_INTERVAL).until(() -> {
                gateway.request()
                        .post(gateway.url("/v1/generations/" + id + "/redeliver"))
                        .then()
                        .statusCode(200);
                return lastReason(id).equals("the address is not public");
            });

            assertThat(socket.connections()).isZero();
        }
    }

    @Test
    void aNameThatLeadsToAPrivateAddressIsNotRegistered() throws IOException {
        leadsTo(privateAddress());

        await().atMost(TIMEOUT)
                .until(() -> gateway.post(body(REFUSED_NAME, 8080)).statusCode() == 400);
    }

    private static String body(String name, int port) {
        return "{\"prompt\": \"a cat\", \"webhook\": \"http://%s:%d/hook\"}".formatted(name, port);
    }
}
