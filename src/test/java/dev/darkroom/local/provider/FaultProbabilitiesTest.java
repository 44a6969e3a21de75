package dev.darkroom.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultProbabilitiesTest {

    @Test
    void faultsAreNamed() {
        assertThat(parse("{\"429\": 0.5, \"history-500\": 1}"))
                .isEqualTo(FaultProbabilities.of(Map.of(Fault.TOO_MANY_REQUESTS, 0.5, Fault.HISTORY_500, 1.0)));
        assertThat(parse("{}")).isEqualTo(FaultProbabilities.NONE);
    }

    @Test
    void aProbabilityMayBeThatOfOneModel() {
        var probabilities = parse("{\"429\": {\"vendor/a\": 1, \"vendor/b\": 0.5}, \"500\": 0.25}");

        assertThat(probabilities.once(Fault.TOO_MANY_REQUESTS, "vendor/a")).isEqualTo(1);
        assertThat(probabilities.once(Fault.TOO_MANY_REQUESTS, "vendor/b")).isEqualTo(0.5);
        assertThat(probabilities.once(Fault.TOO_MANY_REQUESTS, "vendor/c")).isZero();
        assertThat(probabilities.once(Fault.SERVER_ERROR, "vendor/c")).isEqualTo(0.25);
    }

    @Test
    void aProbabilityMayBeThatOfAFaultForGood() {
        var probabilities = parse("{\"result-500 for good\": 0.5}");

        assertThat(probabilities.forGood(Fault.RESULT_500, "vendor/a")).isEqualTo(0.5);
        assertThat(probabilities.once(Fault.RESULT_500, "vendor/a")).isZero();
    }

    @Test
    void probabilitiesAreWrittenAsTheyAreRead() {
        var body = "{\"429\":{\"vendor/a\":1.0},\"result-500 for good\":0.5,\"500\":0.25}";

        assertThat(parse(body).json()).hasToString(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"429":           | the body is not valid JSON
            NaN               | the body is not valid JSON
            {"429": 1} {}     | the body is not valid JSON
            [1]               | the body must be a JSON object
            null              | the body must be a JSON object
            ''                | the body must be a JSON object
            {"430": 1}        | 430 is not a fault; the faults are: 429, 500, accept-then-504,
            {"430 for good":1}| 430 is not a fault
            {"429 forever": 1}| 429 forever is not a fault
            {"history-500 for good": 1} | history-500 cannot be for good, because it concerns no single prompt: set it to 1
            {"429": {}}       | 429 must be a number from 0 to 1, or an object with one for each model
            {"429": {"a": 2}} | 429 of a must be a number from 0 to 1
            {"429": {"a": {}}}| 429 of a must be a number from 0 to 1
            {"429": [1]}      | 429 must be a number from 0 to 1
            {"429": null}     | 429 must be a number from 0 to 1
            {"429": 1.1}      | 429 must be a number from 0 to 1
            {"429": -1}       | 429 must be a number from 0 to 1
            {"429": 1e999}    | 429 must be a number from 0 to 1
            {"429": "1"}      | 429 must be a number from 0 to 1
            """)
    void anErrorIsNamed(String body, String message) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(FaultProbabilities.Wrong.class)
                .hasMessageStartingWith(message);
    }

    private static FaultProbabilities parse(String body) {
        return FaultProbabilities.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
