package dev.darkroom.provider.wavespeed;

import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without a connection nothing was sent, so it is safe to send the call again. */
class NoConnectionTest {

    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final SubmitOutcome NOT_CREATED = new SubmitOutcome.NotCreated(null, "");

    @Test
    void aRefusedConnectionCreatedNothing() throws IOException {
        assertMeans(
                ProviderAt.provider("http://localhost:" + closedPort())
                        .submit(new Submission(ROW, "a/b", "{}", Optional.empty(), TIMEOUT)),
                NOT_CREATED);
    }

    @Test
    void anUnknownHostCreatedNothing() {
        assertMeans(
                ProviderAt.provider("http://nowhere.invalid")
                        .submit(new Submission(ROW, "a/b", "{}", Optional.empty(), TIMEOUT)),
                NOT_CREATED);
    }

    @Test
    void aServerWithoutTlsCreatedNothing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerPlainly(server));

            assertMeans(
                    ProviderAt.provider("https://localhost:" + server.getLocalPort())
                            .submit(new Submission(ROW, "a/b", "{}", Optional.empty(), TIMEOUT)),
                    NOT_CREATED);
        }
    }

    @Test
    void aConnectTimeoutCreatedNothing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The server accepts no connection, and its backlog is full.
            var waiting = fill(server);

            var outcome = ProviderAt.provider("http://localhost:" + server.getLocalPort())
                    .submit(new Submission(ROW, "a/b", "{}", Optional.empty(), TIMEOUT));

            assertMeans(outcome, NOT_CREATED);
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void aPollWithoutAConnectionIsTriedLater() throws IOException {
        assertMeans(
                ProviderAt.provider("http://localhost:" + closedPort())
                        .poll(new ProviderTask("a/b", new PredictionId("p"))),
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
            // The client has closed the connection, as the test expects.
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
