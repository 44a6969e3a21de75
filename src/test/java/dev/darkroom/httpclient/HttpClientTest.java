package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.TooLarge;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration KEPT_ALIVE = Duration.ofMinutes(1);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    @Test
    void theRequestIsWhatWasAskedFor() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var client = new HttpClient(URI.create(server.address() + "/stage/"), KEPT_ALIVE);

            client.send(new HttpCall("POST", "/a?b=c", Map.of("X-Name", "value"), "äö", true, 10), LONG);

            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.split("\r\n"))
                            .contains(
                                    "POST /stage/a?b=c HTTP/1.1",
                                    "Host: " + server.address().getAuthority(),
                                    "X-Name: value",
                                    "Connection: close",
                                    "Content-Length: 4",
                                    "äö"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET x', /, X-Name, value",
        "GET, no slash, X-Name, value",
        "GET, '/a b', X-Name, value",
        "GET, '/a\r\nX: y', X-Name, value",
        "GET, /ä, X-Name, value",
        "GET, /, 'X Name', value",
        "GET, /, X-Name, 'a secret\n'",
        "GET, /, X-Name, 'a secret\r\nX: y'",
        "GET, /, X-Name, a sécret"
    })
    void whatWouldNotBeOneRequestIsNotSentAndNotRepeatedInTheReason(
            String method, String target, String header, String value) {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var outcome =
                    client(server).send(new HttpCall(method, target, Map.of(header, value), null, true, 10), LONG);

            assertThat(outcome).isInstanceOfSatisfying(NotSent.class, notSent -> {
                assertThat(notSent.unreachable()).isFalse();
                assertThat(notSent.reason()).doesNotContain("cret");
            });
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aConnectionIsKeptForTheNextCall() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);

            var bodies = IntStream.range(0, 5)
                    .mapToObj(_ -> body(client.send(get(), LONG)))
                    .toList();

            assertThat(bodies).containsOnly("OK");
            assertThat(server.connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\nContent-Length: 2\r\n\r\nOK",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nOK",
                // What is behind an answer could be taken for the answer to the next request.
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOKHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nBAD",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n"
            })
    void aConnectionThatMayNotBeUsedAgainIsClosed(String answer) {
        try (var server = RawServer.keepingAlive(Answer.of(answer))) {
            var client = client(server);

            assertThat(body(client.send(get(), LONG))).isEqualTo("OK");
            assertThat(body(client.send(get(), LONG))).isEqualTo("OK");

            assertThat(server.connections()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void aConnectionThatWasKeptForTooLongIsClosed() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = new HttpClient(server.address(), Duration.ZERO);

            client.send(get(), LONG);
            client.send(get(), LONG);

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCallOnAConnectionThatTheServerHasClosedIsBrokenAndNotRepeated() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);
            client.send(get(), LONG);
            server.disconnect();

            var outcome = client.send(get(), LONG);

            assertThat(outcome).isInstanceOf(Broken.class);
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void aCallThatWantsAConnectionOfItsOwnTakesNoKeptOneAndKeepsNone() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);
            client.send(get(), LONG);

            client.send(get().onNewConnection(), LONG);

            assertThat(server.connections()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.open()).isOne());
        }
    }

    @Test
    void aRefusalThatComesBeforeTheRequestWasReadIsRead() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> refuseAtOnce(server));
            var client = new HttpClient(URI.create("http://localhost:" + server.getLocalPort()), KEPT_ALIVE);

            var outcome = client.send(new HttpCall("POST", "/", Map.of(), "x".repeat(10_000_000), true, 100), LONG);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(413));
        }
    }

    private static void refuseAtOnce(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().skipNBytes(100_000);
        } catch (IOException _) {
            // The client is gone.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 11, 12345678901",
        "X: y, 12345678901",
        "Transfer-Encoding: chunked, '6\r\n123456\r\n5\r\n78901\r\n0\r\n\r\n'"
    })
    void aBodyIsReadUpToALimit(String header, String body) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + body))) {
            var client = client(server);

            assertThat(client.send(new HttpCall("GET", "/", Map.of(), null, true, 11), LONG))
                    .isInstanceOf(Answered.class);
            assertThat(client.send(new HttpCall("GET", "/", Map.of(), null, true, 10), LONG))
                    .isInstanceOf(TooLarge.class);
        }
    }

    @Test
    void whatWasNotSentInTimeIsNeverSent() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // It accepts nothing, so a TLS handshake that has begun stands still.
            var client = new HttpClient(URI.create("https://localhost:" + server.getLocalPort()), KEPT_ALIVE);

            var outcome = client.send(get(), SHORT);

            assertThat(outcome).isEqualTo(new NotSent(true, "no connection in time"));
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws InterruptedException {
        try (var server = RawServer.answering(Answer.andThenSilence(""));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = client(server);
            var call = threads.submit(() -> client.send(get(), LONG));
            await().until(() -> server.requests().size() == 1);

            threads.shutdownNow();

            assertThat(call).succeedsWithin(LONG.dividedBy(2)).isInstanceOf(Unanswered.class);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void callsThatWereGivenUpLeaveNothingBehind() throws InterruptedException {
        try (var server = RawServer.answering(Answer.andThenADrip("HTTP/1.1 200 OK\r\n\r\n", 'x'));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = client(server);
            Callable<HttpOutcome> call = () -> client.send(get(), SHORT);

            var outcomes = threads.invokeAll(
                    IntStream.range(0, 100).mapToObj(_ -> call).toList());

            assertThat(outcomes).hasSize(100).noneMatch(outcome -> outcome.resultNow() instanceof Answered);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "ftp://localhost", "http:localhost", "http:///path", "//localhost"})
    void aBaseThatIsNoAddressIsRefused(String base) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HttpClient(URI.create(base), KEPT_ALIVE));
    }

    private static HttpClient client(RawServer server) {
        return new HttpClient(server.address(), KEPT_ALIVE);
    }

    private static HttpCall get() {
        return new HttpCall("GET", "/", Map.of(), null, false, 1000);
    }

    private static String body(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOf(Answered.class);
        return new String(((Answered) outcome).body(), StandardCharsets.UTF_8);
    }
}
