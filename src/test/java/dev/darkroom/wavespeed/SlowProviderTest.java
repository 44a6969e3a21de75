package dev.darkroom.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call has an end, whatever the provider sends and however slowly, and nothing of it is left. */
class SlowProviderTest {

    private static final Duration TIMEOUT = Duration.ofMillis(400);

    /** Far less than any of these answers would take, and far more than a busy machine needs. */
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private static final Answer SILENCE = Answer.andThenSilence("");

    private static final List<Named<Answer>> BEGUN = List.of(
            Named.of("a drip in the status line", Answer.andThenADrip("HTTP/1.1 200 ", 'O')),
            Named.of("one byte", Answer.andThenSilence("H")),
            Named.of("a drip in a header", Answer.andThenADrip(HEAD + "X-Filler: ", 'x')),
            Named.of("a drip of headers", Answer.andThenADrip(HEAD + "X-Filler: 1\r\nX-Filler: ", 'x')),
            Named.of(
                    "a drip in a body of some length", Answer.andThenADrip(HEAD + "Content-Length: 4000\r\n\r\n", ' ')),
            Named.of("a drip in a body without a length", Answer.andThenADrip(HEAD + "\r\n", ' ')),
            Named.of(
                    "a drip in a chunk", Answer.andThenADrip(HEAD + "Transfer-Encoding: chunked\r\n\r\nFFFF\r\n", ' ')),
            Named.of(
                    "a drip in a chunk's length",
                    Answer.andThenADrip(HEAD + "Transfer-Encoding: chunked\r\n\r\n", '0')),
            Named.of("a body that stops", Answer.andThenSilence(HEAD + "Content-Length: 40\r\n\r\n{\"code\":")),
            Named.of("one interim answer after the other", Answer.andThenAFlood("", "HTTP/1.1 102 Processing\r\n\r\n")),
            Named.of("a body without an end", Answer.andThenAFlood(HEAD + "\r\n", " ".repeat(8192))),
            Named.of(
                    "chunks without an end",
                    Answer.andThenAFlood(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "4\r\nabcd\r\n")),
            Named.of("headers without an end", Answer.andThenAFlood(HEAD, "X-Filler: x\r\n")));

    private static final Function<ProviderAt, Object> SUBMIT = ProviderAt::submit;
    private static final Function<ProviderAt, Object> POLL = ProviderAt::poll;
    private static final Function<ProviderAt, Object> SEARCH = ProviderAt::search;

    static Stream<Arguments> callsThatWereAnsweredWithoutAnEnd() {
        return BEGUN.stream()
                .flatMap(answer -> Stream.of(
                        Arguments.of(answer, Named.of("submit", SUBMIT), SubmitOutcome.Unknown.class),
                        Arguments.of(answer, Named.of("poll", POLL), PollOutcome.Unclear.class),
                        Arguments.of(answer, Named.of("search", SEARCH), SearchOutcome.Unclear.class)));
    }

    @ParameterizedTest
    @MethodSource("callsThatWereAnsweredWithoutAnEnd")
    void anAnswerThatDoesNotEndInTimeIsThisCallsFailureOnly(
            Answer answer, Function<ProviderAt, Object> call, Class<?> outcome) {
        assertEnds(answer, call, outcome);
    }

    static final List<Arguments> CALLS_WITHOUT_AN_ANSWER = List.of(
            Arguments.of(Named.of("submit", SUBMIT), SubmitOutcome.Unknown.class),
            Arguments.of(Named.of("poll", POLL), PollOutcome.Unavailable.class),
            Arguments.of(Named.of("search", SEARCH), SearchOutcome.Unavailable.class));

    @ParameterizedTest
    @FieldSource("CALLS_WITHOUT_AN_ANSWER")
    void aProviderThatSaysNothingInTimeIsOut(Function<ProviderAt, Object> call, Class<?> outcome) {
        assertEnds(SILENCE, call, outcome);
    }

    private static void assertEnds(Answer answer, Function<ProviderAt, Object> call, Class<?> outcome) {
        try (var server = RawServer.answering(answer)) {
            var provider = new ProviderAt(server.address(), TIMEOUT);
            long start = System.nanoTime();

            var result = call.apply(provider);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_MOST);
            assertThat(result).isInstanceOf(outcome);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
        }
    }
}
