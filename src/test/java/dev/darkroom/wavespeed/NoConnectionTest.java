package dev.darkroom.wavespeed;

import static dev.darkroom.wavespeed.Meaning.assertMeans;

import dev.darkroom.application.ImageProvider.Submission;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where no connection comes about, nothing was sent, so it is safe to send it again. */
class NoConnectionTest {

    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final SubmitOutcome NOT_CREATED = new SubmitOutcome.NotCreated(null, "");

    @Test
    void aRefusedConnectionCreatedNothing() throws IOException {
        assertMeans(
                ProviderAt.provider("http://localhost:" + closedPort())
                        .submit(new Submission(ROW, "a/b", "{}", TIMEOUT)),
                NOT_CREATED);
    }

    @Test
    void anUnknownHostCreatedNothing() {
        assertMeans(
                ProviderAt.provider("http://nowhere.invalid").submit(new Submission(ROW, "a/b", "{}", TIMEOUT)),
                NOT_CREATED);
    }

    @Test
    void aServerWithoutTlsCreatedNothing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerPlainly(server));

            assertMeans(
                    ProviderAt.provider("https://localhost:" + server.getLocalPort())
                            .submit(new Submission(ROW, "a/b", "{}", TIMEOUT)),
                    NOT_CREATED);
        }
    }

    @Test
    void aConnectTimeoutCreatedNothing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Nobody accepts, and the queue is full.
            var waiting = fill(server);

            var outcome = ProviderAt.provider("http://localhost:" + server.getLocalPort())
                    .submit(new Submission(ROW, "a/b", "{}", TIMEOUT));

            assertMeans(outcome, NOT_CREATED);
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void aPollWithoutAConnectionIsTriedLater() throws IOException {
        assertMeans(
                ProviderAt.provider("http://localhost:" + closedPort()).poll(new PredictionId("p")),
                new PollOutcome.Unavailable(null, ""));
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void answerPlainly(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write("this is no TLS\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException _) {
            // The client is gone, which is what it was to be.
        }
    }

    private static List<Socket> fill(ServerSocket server) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 4; i++) {
            var socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 100);
            } catch (IOException _) {
                return sockets;
            }
        }
        return sockets;
    }
}
