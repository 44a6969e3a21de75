package dev.darkroom.provider.wavespeed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.PollOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of a prediction, in an answer or in a webhook. */
class PredictionTest {

    private static final PredictionId ID = new PredictionId("p1");

    private static PollOutcome outcome(String json) {
        return OutcomeClassifier.polled(ID, new Prediction(ProviderJson.read(json)));
    }

    private static PollOutcome completed(String outputs, String flags) {
        return outcome("{\"status\":\"completed\",\"outputs\":%s,\"has_nsfw_contents\":%s}".formatted(outputs, flags));
    }

    private static PollOutcome succeeded(Output... outputs) {
        return new PollOutcome.Succeeded(List.of(outputs), Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED", "Completed", "succeeded", "SUCCESS", "' completed '"})
    void theEndOfAGoodPredictionIsKnownInAnySpelling(String status) {
        assertThat(outcome("{\"status\":\"%s\",\"outputs\":[\"A\"]}".formatted(status)))
                .isEqualTo(succeeded(new Output("A", false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed",
                "FAILED",
                "Failed",
                "error",
                "ERROR",
                "cancelled",
                "canceled",
                "Canceled",
                "timeout",
                "timed_out",
                "timed out",
                "TIMED-OUT",
                "deleted"
            })
    void theEndOfABadPredictionIsKnownInAnySpelling(String status) {
        assertThat(outcome("{\"status\":\"%s\"}".formatted(status)))
                .isInstanceOfSatisfying(PollOutcome.Failed.class, failed -> {
                    assertThat(failed.failure().code()).isEqualTo("generation_failed");
                    assertThat(failed.failure().text()).endsWith("its status is " + status);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"created\"}",
                "{\"status\":\"Processing\"}",
                "{\"status\":\"pending\"}",
                "{\"status\":\"levitating\"}",
                "{\"status\":\"\"}",
                "{\"status\":null}",
                "{\"status\":7}",
                "{\"status\":[\"completed\"]}",
                "{}"
            })
    void anyOtherStatusIsStillRunning(String json) {
        assertThat(outcome(json)).isEqualTo(new PollOutcome.Running());
    }

    static final List<Arguments> FLAGGED = List.of(
            Arguments.of("[\"A\",\"B\"]", "[false,true]", succeeded(new Output("A", false), new Output("B", true))),
            Arguments.of("[\"\",\"B\"]", "[false,true]", succeeded(new Output("B", true))),
            Arguments.of("[null,\"B\"]", "[false,true]", succeeded(new Output("B", true))),
            Arguments.of("[{},\"  \",\"B\"]", "[false,false,true]", succeeded(new Output("B", true))),
            Arguments.of("[7,{\"url\":\"B\"}]", "[false,true]", succeeded(new Output("B", true))),
            Arguments.of("[\"A\",\"\"]", "[true,false]", succeeded(new Output("A", true))),
            Arguments.of("[\"A\"]", "null", succeeded(new Output("A", false))),
            Arguments.of("[\"A\",\"B\"]", "[true]", succeeded(new Output("A", true), new Output("B", false))),
            Arguments.of("\"A\"", "[true]", succeeded(new Output("A", true))),
            Arguments.of("\"A\"", "true", succeeded(new Output("A", true))));

    @ParameterizedTest
    @FieldSource("FLAGGED")
    void anOutputHasTheFlagAtItsOwnPlaceInTheProvidersList(String outputs, String flags, PollOutcome expected) {
        assertThat(completed(outputs, flags)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://a/1.png\"",
                "[\"https://a/1.png\"]",
                "[{\"url\":\"https://a/1.png\"}]",
                "{\"url\":\"https://a/1.png\",\"width\":7}"
            })
    void anOutputIsReadInEachOfItsForms(String outputs) {
        assertThat(completed(outputs, "[]")).isEqualTo(succeeded(new Output("https://a/1.png", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"\"", "\" \"", "{}", "[\"\"]", "[null]", "[{}]", "[[]]"})
    void completedWithoutAnOutputMayStillGetOne(String outputs) {
        assertThat(completed(outputs, "[]")).isEqualTo(new PollOutcome.WithoutOutputs(false));
    }

    @Test
    void completedWithoutTheFieldMayStillGetIt() {
        assertThat(outcome("{\"status\":\"completed\"}")).isEqualTo(new PollOutcome.WithoutOutputs(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "true",
                "{\"image\":\"A\"}",
                "[{\"uri\":\"A\"}]",
                "[[\"A\"]]",
                "[1]",
                "[{\"url\":7}]",
                "[{\"url\":\"\"}]"
            })
    void anUnreadableOutputIsDistinguishedFromAMissingOne(String outputs) {
        assertThat(completed(outputs, "[]")).isEqualTo(new PollOutcome.WithoutOutputs(true));
    }

    static final List<String> TOO_LARGE = List.of(
            list(1, 8 * 1024 + 1),
            list(4, 600 * 1024),
            list(13, 8 * 1024),
            list(5_000, 4),
            "\"" + "x".repeat(9_000) + "\"",
            "[{\"url\":\"" + "ä".repeat(5_000) + "\"}]");

    @ParameterizedTest
    @FieldSource("TOO_LARGE")
    void whatDoesNotFitIntoARowFailsAndNamesThePrediction(String outputs) {
        assertThat(completed(outputs, "[]")).isInstanceOfSatisfying(PollOutcome.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo("output_too_large");
            assertThat(failed.failure().text()).contains("prediction p1").contains("may have been billed");
        });
    }

    @Test
    void anImageInPlaceOfAnAddressIsDistinguished() {
        assertThat(completed("[\"A\",\"DATA:image/png;base64,AAAA\"]", "[false,true]"))
                .isEqualTo(new PollOutcome.Inline(
                        List.of(new Output("A", false), new Output("DATA:image/png;base64,AAAA", true)),
                        Duration.ZERO,
                        null));
    }

    @Test
    void addressesThatDoNotFitFailWhateverIsBesideThem() {
        assertThat(completed("[\"data:,x\",\"" + "x".repeat(9_000) + "\"]", "[]"))
                .isInstanceOf(PollOutcome.Failed.class);
    }

    @Test
    void whatFitsJustSoIsKept() {
        assertThat(completed(list(12, 8 * 1024), "[]")).isInstanceOf(PollOutcome.Succeeded.class);
    }

    private static String list(int outputs, int length) {
        return IntStream.range(0, outputs)
                .mapToObj(_ -> "\"" + "x".repeat(length) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "too dark"                                        | too dark
            {"message": "too dark"}                           | too dark
            {"code": 5003, "detail": "too dark"}              | too dark
            {"error": {"message": "too dark"}}                | too dark
            {"message": "", "error": "too dark"}              | too dark
            ["too dark", {"detail": "and cold"}]              | too dark; and cold
            {"code": 5003}                                    | {"code":5003}
            5003                                              | 5003
            {"reason": ["too dark"]}                          | too dark
            null                                              | its status is failed
            ""                                                | its status is failed
            {}                                                | its status is failed
            []                                                | its status is failed
            """)
    void anErrorKeepsItsTextWhateverItsForm(String error, String text) {
        assertThat(outcome("{\"status\":\"failed\",\"error\":%s}".formatted(error)))
                .isInstanceOfSatisfying(
                        PollOutcome.Failed.class,
                        failed -> assertThat(failed.failure().text())
                                .isEqualTo("the provider could not generate the images: " + text));
    }

    @Test
    void anErrorOfAnyLengthIsShortened() {
        var error = Stream.generate(() -> "{\"a\":1}").limit(10_000).collect(Collectors.joining(",", "[", "]"));

        assertThat(outcome("{\"status\":\"failed\",\"error\":%s}".formatted(error)))
                .isInstanceOfSatisfying(
                        PollOutcome.Failed.class,
                        failed -> assertThat(failed.failure().text()).hasSizeLessThan(400));
    }

    @ParameterizedTest
    @CsvSource({
        "1234, 1234",
        "-1, 0",
        "1e40000000, 0",
        "1e999999999, 0",
        "99999999999999999999999999, 0",
        "'\"1234\"', 1234",
        "null, 0",
        "{}, 0"
    })
    void anImpossibleTimeIsZero(String inference, long millis) {
        assertThat(outcome("{\"status\":\"completed\",\"outputs\":[\"A\"],\"timings\":{\"inference\":%s}}"
                        .formatted(inference)))
                .isEqualTo(new PollOutcome.Succeeded(List.of(new Output("A", false)), Duration.ofMillis(millis)));
    }
}
