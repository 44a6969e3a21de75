package dev.darkroom.provider.wavespeed;

import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes the server sends, a call has an outcome and throws nothing. */
class OddAnswersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String RUNNING =
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"status\":\"created\",\"total\":0,\"items\":[]}}";

    /** Answers whose body is valid, although their form is odd. */
    static final List<String> READABLE = List.of(
            withHeader("Content-Type: no media type at all"),
            withHeader("Content-Type:"),
            withHeader("Content-Type: application/json; charset=no-such-charset"),
            withHeader("Content-Type: text/html; charset=\"\u00ff"),
            withHeader("Content-Language: \u00ff\u00fe"),
            withHeader("Retry-After: " + "9".repeat(400)),
            withHeader("Set-Cookie: =;=;;"),
            withHeader("X-Large: " + "x".repeat(9 * 1024)),
            withHeader("X-Larger: " + "x".repeat(60 * 1024)),
            withHeader("X-Many: x\r\n".repeat(900) + "X-Last: x"),
            withHeader("Location: ht tp://[not a url"),
            withHeader("Date: yesterday"),
            withHeader("Trailer: \u0001"),
            "HTTP/1.1 200 \u0085\u00a0\u0001\r\n\r\n" + RUNNING,
            "HTTP/1.1 100 Continue\r\n\r\n" + answer(),
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(),
            "HTTP/1.1 102 Processing\r\n\r\n" + answer(),
            "HTTP/1.0 200 OK\r\n\r\n" + RUNNING,
            "HTTP/1.1 200\r\n\r\n" + RUNNING,
            OK + "\r\n\ufeff".replace("\ufeff", "\u00ef\u00bb\u00bf") + RUNNING,
            OK
                    + "Transfer-Encoding: chunked\r\n\r\n%x;name=value\r\n%s\r\n0\r\nX-Trailer: 1\r\n\r\n"
                            .formatted(RUNNING.length(), RUNNING));

    /** Answers from which no result can be read. */
    static final List<String> UNREADABLE = List.of(
            "",
            "\r\n\r\n",
            "this is no HTTP\r\n\r\n",
            "HTTP/1.1 OK 200\r\n\r\n" + RUNNING,
            "HTTP/1.1 99999 OK\r\n\r\n" + RUNNING,
            "HTTP/9.9 200 OK\r\n\r\n" + RUNNING,
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
            "SSH-2.0-OpenSSH_9.6\r\n",
            "\u0015\u0003\u0003\u0000\u0002\u0002\u0016",
            OK,
            OK + "no colon here\r\n\r\n" + RUNNING,
            OK + "Content-Length: many\r\n\r\n" + RUNNING,
            OK + "Content-Length: -1\r\n\r\n" + RUNNING,
            OK + "Content-Length: 99999999999999999999\r\n\r\n" + RUNNING,
            OK + "Content-Length: 4000\r\n\r\n" + RUNNING,
            OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" + RUNNING,
            OK + "Transfer-Encoding: chunked\r\n\r\nno length\r\n" + RUNNING,
            OK + "Transfer-Encoding: chunked\r\n\r\n-5\r\n" + RUNNING,
            OK + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n" + RUNNING,
            OK + "Transfer-Encoding: chunked\r\n\r\n4\r\n{}  no end of a chunk",
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            OK + "Transfer-Encoding: gzip\r\n\r\n" + RUNNING,
            withHeader("X-Large: " + "x".repeat(70 * 1024)),
            withHeader(("X-Large: " + "x".repeat(7 * 1024) + "\r\n").repeat(10) + "X-Last: x"),
            OK + "Content-Encoding: gzip\r\n\r\n\u001f\u008b\u0008\u0000\u0000",
            OK + "\r\n<html>maintenance</html>",
            OK + "\r\n",
            OK + "\r\n{\"code\":200,\"data\":",
            OK + "\r\n" + "[".repeat(100_000),
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: ht tp://[not a url\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n",
            "HTTP/1.1 500 Internal Server Error\r\n\r\n" + RUNNING,
            "HTTP/1.1 500 Internal Server Error\r\nContent-Type: no media type at all\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
            "HTTP/1.1 504 Gateway Timeout\r\n\r\n<html>");

    private static String answer() {
        return OK + "Content-Length: %d\r\n\r\n%s".formatted(RUNNING.length(), RUNNING);
    }

    private static String withHeader(String header) {
        return OK + header + "\r\n\r\n" + RUNNING;
    }

    @ParameterizedTest
    @FieldSource("READABLE")
    void anAnswerThatIsOddButReadableIsRead(String answer) {
        try (var server = RawServer.answering(Answer.of(answer))) {
            var provider = new ProviderAt(server.address(), TIMEOUT);

            assertThat(provider.submit()).isEqualTo(new SubmitOutcome.Created(ProviderAt.PREDICTION));
            assertThat(provider.poll()).isEqualTo(new PollOutcome.Running());
            assertThat(provider.search()).isInstanceOf(SearchOutcome.Found.class);
        }
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void anAnswerThatCannotBeReadIsUnclear(String answer) {
        try (var server = RawServer.answering(Answer.of(answer))) {
            var provider = new ProviderAt(server.address(), TIMEOUT);

            assertThat(provider.submit()).isInstanceOf(SubmitOutcome.Unknown.class);
            assertThat(server.requests()).as("submissions").hasSize(1);
            assertThat(provider.poll()).isInstanceOf(PollOutcome.Unclear.class);
            assertThat(provider.search()).isInstanceOf(SearchOutcome.Unclear.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "503 Service Unavailable\r\n",
                "429 Too Many Requests\r\n",
                "500 Internal Server Error\r\nRetry-After: 3\r\n",
                "403 Forbidden\r\nretry-after: soon\r\n"
            })
    void onlySignsOfAnOutageCountForAll(String status) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 " + status + "\r\n"))) {
            var provider = new ProviderAt(server.address(), TIMEOUT);

            assertThat(provider.poll()).isInstanceOf(PollOutcome.Unavailable.class);
            assertThat(provider.search()).isInstanceOf(SearchOutcome.Unavailable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "900", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void aRetryAfterOfAnyLengthIsBelievedForAQuarterOfAnHourAtMost(String retryAfter) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 429 \r\nRetry-After: " + retryAfter + "\r\n\r\n"))) {
            var provider = new ProviderAt(server.address(), TIMEOUT);

            assertMeans(provider.submit(), new SubmitOutcome.NotCreated(Duration.ofMinutes(15), ""));
        }
    }

    @Test
    void aConnectionThatIsResetAfterACallWasSentIsThisCallsFailureOnly() {
        Answer reset = (_, _) -> {};
        try (var server = RawServer.answering(reset)) {
            var provider = new ProviderAt(server.address(), TIMEOUT);

            assertThat(provider.submit()).isInstanceOf(SubmitOutcome.Unknown.class);
            assertThat(provider.poll()).isInstanceOf(PollOutcome.Unclear.class);
            assertThat(provider.search()).isInstanceOf(SearchOutcome.Unclear.class);
        }
    }
}
