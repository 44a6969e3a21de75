package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A result exceeds the size that is read: its row fails only when the outputs are the reason. */
class LargeResultTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String IMAGE = "\"data:image/png;base64," + "A".repeat(700_000) + "\"";
    private static final String LARGE = "A".repeat(9_000_000);

    private static PollOutcome polled(String status, String body) {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 " + status + "\r\n\r\n" + body))) {
            return new ProviderAt(server.address(), TIMEOUT).poll();
        }
    }

    private static final String WITH_IMAGE =
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"status\":\"completed\",\"outputs\":[" + IMAGE + "]}}";

    /** It fails if the gateway keeps no images. */
    @Test
    void anImageInsideAnAnswerIsReadIfTheWholeAnswerIs() {
        assertThat(polled("200 OK", WITH_IMAGE)).isInstanceOfSatisfying(PollOutcome.Inline.class, inline -> {
            assertThat(inline.outputs()).hasSize(1);
            assertThat(inline.tooLarge()).extracting(Failure::code).isEqualTo("output_too_large");
        });
    }

    /** A picture of a megapixel has 2 MB and more. */
    @Test
    void anImageOf6MbInsideAnAnswerIsRead() {
        var image = "data:image/png;base64," + "A".repeat(8_000_000);

        var outcome = polled(
                "200 OK",
                "{\"code\":200,\"data\":{\"id\":\"p1\",\"outputs\":[\"" + image + "\"],\"status\":\"completed\"}}");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PollOutcome.Inline.class,
                        inline -> assertThat(inline.outputs()).containsExactly(new Output(image, false)));
    }

    static final List<String> LARGE_OUTPUTS = List.of(
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"outputs\":[" + (IMAGE + ",").repeat(12) + IMAGE
                    + "],\"status\":\"completed\"}}",
            "{\"code\":200,\"data\":{\"outputs\":[\"data:," + LARGE + "\"],\"status\":\"completed\"}}",
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"outputs\":[{\"url\":\"data:," + LARGE + "\"}]}}",
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"outputs\":\"data:," + LARGE + "\"}}",
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"outputs\":[" + "\"a\",".repeat(2_500_000) + "\"a\"]}}");

    @ParameterizedTest
    @FieldSource("LARGE_OUTPUTS")
    void outputsThatAreTooLargeFailAndNameThePrediction(String body) {
        assertThat(polled("200 OK", body)).isInstanceOfSatisfying(PollOutcome.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("output_too_large");
            assertThat(failed.failure().text()).contains("prediction p1");
        });
    }

    static final List<String> LARGE_OTHERWISE = List.of(
            "{\"code\":200,\"data\":{\"id\":\"p2\",\"outputs\":[\"data:," + LARGE + "\"]}}",
            "{\"code\":200,\"data\":{\"id\":\"p1\",\"status\":\"processing\",\"error\":\"" + LARGE + "\"}}",
            "{\"code\":200,\"outputs\":[\"data:," + LARGE + "\"]}",
            "{\"code\":500,\"message\":\"" + LARGE + "\"}",
            "<html>" + LARGE,
            "[".repeat(9_000_000),
            " ".repeat(9_000_000));

    @ParameterizedTest
    @FieldSource("LARGE_OTHERWISE")
    void anythingElseThatIsTooLargeSaysNothing(String body) {
        assertThat(polled("200 OK", body)).isInstanceOf(PollOutcome.Unclear.class);
    }

    @Test
    void anErrorWhateverItCarriesSaysNothing() {
        assertThat(polled("500 Internal Server Error", LARGE_OUTPUTS.getFirst()))
                .isInstanceOf(PollOutcome.Unclear.class);
    }

    @Test
    void anAnswerToASubmissionThatIsTooLargeLeavesItsOutcomeUnknown() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n" + LARGE_OUTPUTS.getFirst()))) {
            assertThat(new ProviderAt(server.address(), TIMEOUT).submit()).isInstanceOf(SubmitOutcome.Unknown.class);
        }
    }

    @Test
    void aResultAboutAnotherPredictionSaysNothing() {
        assertThat(polled(
                        "200 OK",
                        "{\"code\":200,\"data\":{\"id\":\"p2\",\"status\":\"completed\",\"outputs\":[\"A\"]}}"))
                .isInstanceOf(PollOutcome.Unclear.class);
    }
}
