package dev.darkroom.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the core relies on, whatever the wire format: each call goes to a real server on the loopback address. A provider
 * adds tests of its own for its odd answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ImageProviderContract {

    /** What a provider keeps secret must be in no outcome. */
    protected static final String SECRET = "the-secret-of-the-provider";

    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final String PATH = "vendor/model";
    private static final String INPUT = "{\"prompt\":\"a cat\"}";
    private static final PredictionId PREDICTION = new PredictionId("p1");
    private static final Instant SENT_AT = Instant.parse("2026-01-01T12:00:30Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";

    /** The provider at this address, with {@link #SECRET}; {@code timeout} is the time limit of each free call. */
    protected abstract ImageProvider provider(URI address, Duration timeout);

    /** The factory that its line of wiring names. */
    protected abstract ProviderFactory factory();

    /** The body of a 200 that accepts a submission as this prediction. */
    protected abstract String accepted(String prediction);

    /** The body of a 200 about a prediction that has not ended, in a state that the provider has not documented. */
    protected abstract String inUnknownState(String prediction);

    /** The body of a 200 about a prediction that has ended with these images. */
    protected abstract String completed(String prediction, List<String> images);

    /** The body of a 200 about a prediction that has ended without images. */
    protected abstract String failed(String prediction);

    /** The body of a 404 about a prediction that the provider does not know. */
    protected abstract String notFound();

    /** The body of a 400. */
    protected abstract String error();

    /** The first calls of a JVM load a thousand classes, which takes longer than the tests allow a call. */
    @BeforeAll
    void warmUp() {
        try (var server = RawServer.answering(Answer.of(OK))) {
            var patient = Duration.ofMinutes(1);
            var provider = provider(server.address(), patient);
            provider.submit(submission(patient));
            provider.poll(new ProviderTask(PATH, PREDICTION));
            provider.search(search());
        }
    }

    @Test
    void itIsFoundByTheIdOfItsFactory() {
        assertThat(provider(URI.create("http://localhost"), TIMEOUT).id())
                .isEqualTo(factory().id());
    }

    @Test
    void anAcceptedCallHasItsPrediction() {
        assertThat(submitted(OK + accepted("p1"))).isEqualTo(new SubmitOutcome.Created(PREDICTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n<html>maintenance</html>",
                "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n",
                "HTTP/1.1 408 Request Timeout\r\n\r\n",
                "HTTP/1.1 500 Internal Server Error\r\n\r\n",
                "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>",
                "HTTP/1.1 503 Service Unavailable\r\n\r\n",
                "HTTP/1.1 504 Gateway Timeout\r\n\r\n<html>",
                "HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n",
                "this is not HTTP\r\n\r\n",
                ""
            })
    void anUnclearAnswerToTheOnePaidCallIsUnknown(String answer) {
        try (var server = RawServer.answering(Answer.of(answer))) {
            var outcome = provider(server.address(), TIMEOUT).submit(submission(TIMEOUT));

            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aPaidCallWithoutAnAnswerInTimeIsUnknownAndNotRepeated() {
        try (var server = RawServer.answering(Answer.andThenSilence(""))) {
            var outcome = provider(server.address(), TIMEOUT).submit(submission(SHORT));

            assertThat(outcome).isInstanceOf(SubmitOutcome.Unknown.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theAnswerToTheOnePaidCallSaysThatThereWereTooMany() {
        try (var server =
                RawServer.answering(Answer.of("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n\r\n" + error()))) {
            var outcome = provider(server.address(), TIMEOUT).submit(submission(TIMEOUT));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SubmitOutcome.NotCreated.class,
                            refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusedInputIsRejected() {
        assertThat(submitted("HTTP/1.1 400 Bad Request\r\n\r\n" + error())).isInstanceOf(SubmitOutcome.Rejected.class);
    }

    @Test
    void withoutAConnectionNothingIsCreatedAndTheProviderIsOut() throws IOException {
        var provider = provider(closed(), TIMEOUT);

        assertThat(provider.submit(submission(TIMEOUT))).isInstanceOf(SubmitOutcome.NotCreated.class);
        assertThat(provider.poll(new ProviderTask(PATH, PREDICTION))).isInstanceOf(PollOutcome.Unavailable.class);
    }

    @Test
    void anUnknownStateMeansThatThePredictionRuns() {
        assertThat(polled(OK + inUnknownState("p1"))).isEqualTo(new PollOutcome.Running());
    }

    @Test
    void theImagesOfAnEndedPredictionAreItsOutputs() {
        var images = List.of("https://images.example/1.png", "https://images.example/2.png?a=b&c=d");

        assertThat(polled(OK + completed("p1", images)))
                .isInstanceOfSatisfying(
                        PollOutcome.Succeeded.class,
                        succeeded -> assertThat(succeeded.outputs())
                                .extracting(Output::url)
                                .containsExactlyElementsOf(images));
    }

    @Test
    void anEndWithoutImagesIsNotYetAFailure() {
        assertThat(polled(OK + completed("p1", List.of()))).isInstanceOf(PollOutcome.WithoutOutputs.class);
    }

    @Test
    void aFailureIsOne() {
        assertThat(polled(OK + failed("p1"))).isInstanceOf(PollOutcome.Failed.class);
    }

    @Test
    void aPredictionThatIsNotKnownIsNotFound() {
        assertThat(polled("HTTP/1.1 404 Not Found\r\n\r\n" + notFound())).isEqualTo(new PollOutcome.NotFound());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n<html>",
                "HTTP/1.1 404 Not Found\r\n\r\n<html>",
                "HTTP/1.1 500 Internal Server Error\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n",
                "this is not HTTP\r\n\r\n",
                ""
            })
    void anyOtherAnswerToAPollSaysNothing(String answer) {
        assertThat(polled(answer)).isInstanceOf(PollOutcome.Unclear.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n",
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n\r\n"
            })
    void anOutageOfThePollSaysHowLongToWait(String answer) {
        assertThat(polled(answer))
                .isInstanceOfSatisfying(
                        PollOutcome.Unavailable.class,
                        out -> assertThat(out.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void aPollWithoutAnAnswerInTimeIsAnOutage() {
        try (var server = RawServer.answering(Answer.andThenSilence(""))) {
            var outcome = provider(server.address(), SHORT).poll(new ProviderTask(PATH, PREDICTION));

            assertThat(outcome).isInstanceOf(PollOutcome.Unavailable.class);
        }
    }

    @Test
    void aSearchIsAnsweredExactlyWhereThereIsAHistory() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 500 Internal Server Error\r\n\r\n"))) {
            var provider = provider(server.address(), TIMEOUT);

            var outcome = provider.search(search());

            boolean hasHistory = provider.historyKept().isPositive();
            assertThat(outcome instanceof SearchOutcome.NoHistory).isNotEqualTo(hasHistory);
            assertThat(server.requests().isEmpty()).isNotEqualTo(hasHistory);
        }
    }

    /** A provider without a balance is not called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n<html>",
                "HTTP/1.1 404 Not Found\r\n\r\n<html>",
                "HTTP/1.1 500 Internal Server Error\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\n\r\n",
                "this is not HTTP\r\n\r\n",
                ""
            })
    void anAnswerWithoutABalanceIsNone(String answer) {
        try (var server = RawServer.answering(Answer.of(answer))) {
            var outcome = provider(server.address(), TIMEOUT).balance();

            assertThat(outcome).isNotInstanceOf(BalanceOutcome.Known.class);
            assertThat(outcome instanceof BalanceOutcome.NoBalance)
                    .isEqualTo(server.requests().isEmpty());
        }
    }

    @Test
    void whatIsNotSignedIsNotBelieved() {
        var body = completed("p1", List.of("https://images.example/1.png")).getBytes(StandardCharsets.UTF_8);

        var webhook = provider(URI.create("http://localhost"), TIMEOUT)
                .webhooks()
                .map(verifier -> verifier.verify(Map.of(), body));

        assertThat(webhook.filter(ProviderWebhook.Verified.class::isInstance)).isEmpty();
    }

    /** The answer repeats the request, as some proxies do. */
    @Test
    void noOutcomeNamesTheSecret() {
        try (var server =
                RawServer.answering((request, out) -> Answer.of("HTTP/1.1 500 Internal Server Error\r\n\r\n" + request)
                        .write(request, out))) {
            var provider = provider(server.address(), TIMEOUT);

            var outcomes = List.of(
                    provider.submit(submission(TIMEOUT)),
                    provider.poll(new ProviderTask(PATH, PREDICTION)),
                    provider.search(search()),
                    provider.balance());

            assertThat(server.requests()).first().asString().contains(SECRET);
            assertThat(outcomes.toString()).doesNotContain(SECRET);
        }
    }

    private SubmitOutcome submitted(String answer) {
        return at(answer, provider -> provider.submit(submission(TIMEOUT)));
    }

    private PollOutcome polled(String answer) {
        return at(answer, provider -> provider.poll(new ProviderTask(PATH, PREDICTION)));
    }

    private <T> T at(String answer, Function<ImageProvider, T> call) {
        try (var server = RawServer.answering(Answer.of(answer))) {
            return call.apply(provider(server.address(), TIMEOUT));
        }
    }

    private static Submission submission(Duration timeout) {
        return new Submission(ROW, PATH, INPUT, Optional.empty(), timeout);
    }

    private static Search search() {
        return new Search(ROW, PATH, INPUT, SENT_AT, SearchWindow.NARROW);
    }

    private static URI closed() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }
}
