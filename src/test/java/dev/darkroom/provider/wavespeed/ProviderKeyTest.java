package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.LogLines;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider's key, with the line breaks and characters that files and people add. */
class ProviderKeyTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The loggers of all libraries are included. */
    @RegisterExtension
    final LogLines log = new LogLines("");

    @ParameterizedTest
    @ValueSource(strings = {"the-key\n", "the-key\r\n", "  the-key", "\tthe-key \n\n", "the-key\u2028"})
    void blanksAroundTheKeyAreNotSent(String key) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"id\":\"p1\"}}"))) {
            var provider = new ProviderAt(server.address(), key, TIMEOUT);

            assertThat(provider.submit()).isEqualTo(new SubmitOutcome.Created(ProviderAt.PREDICTION));
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.split("\r\n")).contains("Authorization: Bearer the-key"));
            assertThat(log.texts()).noneMatch(line -> line.contains("the-key"));
        }
    }

    /** A function with such a key does not start; the adapter's own check is the second line of defence. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the-secret\nkey",
                "the-secret\r\nX: key",
                "the-s\u00e9cret",
                "the-secret\u0000",
                "the-secret\u007f",
                "the-secret\u0085",
                "the-secret\u00a0",
                "the-secret\u200b",
                "the-secret\ufeff"
            })
    void aKeyThatIsNotAHeaderIsNeitherSentNorLogged(String key) {
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
            assertThat(log.texts()).noneMatch(line -> line.contains("the-s"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void withoutAKeyThereIsNoProvider(String key) {
        try (var server = RawServer.answering(Answer.of(""))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new ProviderAt(server.address(), key, TIMEOUT))
                    .withMessageContaining("DARKROOM_WAVESPEED_API_KEY");
        }
    }
}
