package dev.darkroom.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's key as people and files spell it. */
class ProviderKeyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(strings = {"the-key\n", "the-key\r\n", "  the-key", "\tthe-key \n\n"})
    void whatStandsAroundItIsNotSent(String key) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"id\":\"p1\"}}"))) {
            var provider = new ProviderAt(server.address(), key, TIMEOUT);

            assertThat(provider.submit()).isEqualTo(new SubmitOutcome.Created(ProviderAt.PREDICTION));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.split("\r\n")).contains("Authorization: Bearer the-key"));
        }
    }

    /** The start of a function refuses it; should one come through, nothing is sent and the key is not told. */
    @ParameterizedTest
    @ValueSource(strings = {"the-secret\nkey", "the-secret\r\nX: key", "the-s\u00e9cret", "the-secret\u0000"})
    void aKeyThatIsNoHeaderIsNeitherSentNorTold(String key) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n"))) {
            var provider = new ProviderAt(server.address(), key, TIMEOUT);

            assertThat(provider.submit())
                    .isInstanceOf(SubmitOutcome.NotCreated.class)
                    .asString()
                    .doesNotContain("the-s");
            assertThat(provider.poll())
                    .isInstanceOf(PollOutcome.Unclear.class)
                    .asString()
                    .doesNotContain("the-s");
            assertThat(provider.search())
                    .isInstanceOf(SearchOutcome.Unclear.class)
                    .asString()
                    .doesNotContain("the-s");
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void withoutAKeyThereIsNoProvider(String key) {
        try (var server = RawServer.answering(Answer.of(""))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new ProviderAt(server.address(), key, TIMEOUT))
                    .withMessageContaining("WAVESPEED_API_KEY");
        }
    }
}
