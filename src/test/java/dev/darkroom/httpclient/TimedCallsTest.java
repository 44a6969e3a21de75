package dev.darkroom.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.TooLarge;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import dev.darkroom.httpclient.RawServer.Answer;
import dev.darkroom.restclient.RestCalls;
import dev.darkroom.restclient.RestClients;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimedCallsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration KEPT_ALIVE = Duration.ofMinutes(1);
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    /** A REST client for any server. */
    @Path("/")
    public interface Client {

        @GET
        Response get();

        @POST
        Response post(byte[] body);
    }

    @Test
    void theRequestIsWhatWasAskedFor() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var client = RestClients.withNewConnections(URI.create(server.address() + "/stage/"))
                    .build(Client.class);

            RestCalls.send(() -> client.post("äö".getBytes(StandardCharsets.UTF_8)), 10, LONG);

            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.split("\r\n"))
                            .contains(
                                    "POST /stage/ HTTP/1.1",
                                    "Host: " + server.address().getAuthority(),
                                    "Connection: close",
                                    "Content-Length: 4",
                                    "äö"));
        }
    }

    @Test
    void aConnectionIsKeptForTheNextCall() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);

            var bodies =
                    IntStream.range(0, 5).mapToObj(_ -> body(get(client, LONG))).toList();

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
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n"
            })
    void aConnectionThatMayNotBeUsedAgainIsClosed(String answer) {
        try (var server = RawServer.keepingAlive(Answer.of(answer))) {
            var client = client(server);

            assertThat(body(get(client, LONG))).isEqualTo("OK");
            assertThat(body(get(client, LONG))).isEqualTo("OK");

            assertThat(server.connections()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void bytesAfterAnAnswerAreNotReadAsTheNextAnswer() {
        var more = OK + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nBAD";
        try (var server = RawServer.keepingAlive(Answer.of(more))) {
            var client = client(server);
            get(client, LONG);

            var outcome = get(client, LONG);

            assertThat(outcome).isInstanceOf(Broken.class);
            assertThat(server.requests()).hasSize(1);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void aConnectionThatWasKeptForTooLongIsClosed() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = RestClients.withKeptConnections(server.address(), Duration.ofMillis(1))
                    .build(Client.class);

            await().untilAsserted(() -> {
                get(client, LONG);
                assertThat(server.connections()).isGreaterThan(1);
            });
        }
    }

    @Test
    void aConnectionThatTheServerHasClosedIsNotUsedAgain() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);
            get(client, LONG);
            server.disconnect();
            await().untilAsserted(() -> assertThat(server.open()).isZero());

            assertThat(body(get(client, LONG))).isEqualTo("OK");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCallOnAConnectionThatTheServerHasClosedIsNotRepeated() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = client(server);
            get(client, LONG);
            server.disconnect();

            var outcome = get(client, LONG);

            // A client that notices the closed connection in time opens a new one.
            assertThat(outcome).isInstanceOfAny(Broken.class, Answered.class);
            assertThat(server.connections()).isEqualTo(outcome instanceof Answered ? 2 : 1);
        }
    }

    @Test
    void aClientWithNewConnectionsKeepsNone() {
        try (var server = RawServer.keepingAlive(Answer.of(OK))) {
            var client = RestClients.withNewConnections(server.address()).build(Client.class);
            get(client, LONG);

            get(client, LONG);

            assertThat(server.connections()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void aRefusalThatComesBeforeTheRequestWasReadIsRead() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> refuseAtOnce(server));
            var client = RestClients.withNewConnections(URI.create("http://localhost:" + server.getLocalPort()))
                    .build(Client.class);

            var outcome = RestCalls.send(() -> client.post(new byte[10_000_000]), 100, LONG);

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
            // The client has closed the connection.
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
            var client = RestClients.withNewConnections(server.address()).build(Client.class);

            assertThat(RestCalls.send(client::get, 11, LONG)).isInstanceOf(Answered.class);
            assertThat(RestCalls.send(client::get, 10, LONG)).isInstanceOf(TooLarge.class);
        }
    }

    static final List<Named<Answer>> WITHOUT_AN_END = List.of(
            Named.of("interim answers", Answer.andThenAFlood("", "HTTP/1.1 102 Processing\r\n\r\n")),
            Named.of("headers", Answer.andThenAFlood("HTTP/1.1 200 OK\r\n", "X: y\r\n")),
            Named.of("a header", Answer.andThenAFlood("HTTP/1.1 200 OK\r\nX: ", "y".repeat(1000))),
            Named.of("the length of a chunk", Answer.andThenAFlood(CHUNKED, "0".repeat(1000))),
            Named.of("trailers", Answer.andThenAFlood(CHUNKED + "0\r\n", "X: " + "y".repeat(1000) + "\r\n")),
            Named.of("a trailer", Answer.andThenAFlood(CHUNKED + "0\r\nX: ", "y".repeat(1000))));

    /** Such a flood would hold the carrier of the virtual threads, and fill the memory, until the time is over. */
    @ParameterizedTest
    @FieldSource("WITHOUT_AN_END")
    void whatDoesNotBelongToTheBodyIsReadUpToALimit(Answer answer) {
        try (var server = RawServer.answering(answer)) {
            var outcome = get(client(server), LONG);

            assertThat(outcome).isInstanceOf(Broken.class).isNotEqualTo(new Broken("the answer did not end in time"));
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    @Test
    void whatThereMayBeAroundABodyIsRead() {
        var interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        var ended = CHUNKED + "2;a=b\r\nOK\r\n0\r\nX: y\r\n\r\n";
        try (var server = RawServer.keepingAlive(Answer.of(interim.repeat(3) + ended))) {
            var client = client(server);

            assertThat(body(get(client, LONG))).isEqualTo("OK");
            assertThat(body(get(client, LONG))).isEqualTo("OK");

            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void whatWasNotSentInTimeIsNeverSent() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The server accepts no connection, so the TLS handshake does not go on after its start.
            var client = RestClients.withNewConnections(URI.create("https://localhost:" + server.getLocalPort()))
                    .build(Client.class);

            var outcome = get(client, SHORT);

            assertThat(outcome).isEqualTo(new NotSent(NotSent.Cause.UNREACHABLE, "no connection in time"));
        }
    }

    @Test
    void anInterruptedCallEnds() throws InterruptedException {
        try (var server = RawServer.answering(Answer.andThenSilence(""));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = client(server);
            var call = threads.submit(() -> get(client, LONG));
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
            Callable<HttpOutcome> call = () -> get(client, SHORT);

            var outcomes = threads.invokeAll(
                    IntStream.range(0, 100).mapToObj(_ -> call).toList());

            assertThat(outcomes).hasSize(100).noneMatch(outcome -> outcome.resultNow() instanceof Answered);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }

    private static Client client(RawServer server) {
        return RestClients.withKeptConnections(server.address(), KEPT_ALIVE).build(Client.class);
    }

    private static HttpOutcome get(Client client, Duration timeout) {
        return RestCalls.send(client::get, 1000, timeout);
    }

    private static String body(HttpOutcome outcome) {
        assertThat(outcome).isInstanceOf(Answered.class);
        return new String(((Answered) outcome).body(), StandardCharsets.UTF_8);
    }
}
