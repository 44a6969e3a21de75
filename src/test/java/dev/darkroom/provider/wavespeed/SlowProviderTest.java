package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every call ends in time, whatever the provider sends and however slowly, and leaves no connection behind. */
class SlowProviderTest {

    /** Far more than a busy machine needs for the first byte of an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Far less than any of these answers would take, and far more than a busy machine needs. */
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    static final List<Named<Answer>> BEGUN = List.of(
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

    private record Outcomes(SubmitOutcome submit, PollOutcome poll, SearchOutcome search) {}

    @ParameterizedTest
    @FieldSource("BEGUN")
    void anAnswerThatDoesNotEndInTimeIsThisCallsFailureOnly(Answer answer) {
        var outcomes = outcomes(answer);

        assertThat(outcomes.submit()).isInstanceOf(SubmitOutcome.Unknown.class);
        assertThat(outcomes.poll()).isInstanceOf(PollOutcome.Unclear.class);
        assertThat(outcomes.search()).isInstanceOf(SearchOutcome.Unclear.class);
    }

    @Test
    void aProviderThatSaysNothingInTimeIsOut() {
        var outcomes = outcomes(Answer.andThenSilence(""));

        assertThat(outcomes.submit()).isInstanceOf(SubmitOutcome.Unknown.class);
        assertThat(outcomes.poll()).isInstanceOf(PollOutcome.Unavailable.class);
        assertThat(outcomes.search()).isInstanceOf(SearchOutcome.Unavailable.class);
    }

    /** Runs all three kinds of calls at once, and checks that none leaves a connection behind. */
    private static Outcomes outcomes(Answer answer) {
        try (var server = RawServer.answering(answer)) {
            var provider = new ProviderAt(server.address(), TIMEOUT);
            long start = System.nanoTime();

            var submit = CompletableFuture.supplyAsync(provider::submit, Thread::startVirtualThread);
            var poll = CompletableFuture.supplyAsync(provider::poll, Thread::startVirtualThread);
            var search = CompletableFuture.supplyAsync(provider::search, Thread::startVirtualThread);
            var outcomes = new Outcomes(submit.join(), poll.join(), search.join());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_MOST);
            await().untilAsserted(() -> assertThat(server.open()).isZero());
            return outcomes;
        }
    }
}
