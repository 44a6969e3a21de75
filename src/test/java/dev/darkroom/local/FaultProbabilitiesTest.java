package dev.darkroom.local;

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
                .isEqualTo(Map.of(Fault.TOO_MANY_REQUESTS, 0.5, Fault.HISTORY_500, 1.0));
        assertThat(parse("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"429":           | the body is no JSON
            NaN               | the body is no JSON
            {"429": 1} {}     | the body is no JSON
            [1]               | the body must be a JSON object
            null              | the body must be a JSON object
            ''                | the body must be a JSON object
            {"430": 1}        | 430 is no fault
            {"429": 1.1}      | 429 must be a number from 0 to 1
            {"429": -1}       | 429 must be a number from 0 to 1
            {"429": 1e999}    | 429 must be a number from 0 to 1
            {"429": "1"}      | 429 must be a number from 0 to 1
            """)
    void whatIsWrongIsSaid(String body, String message) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(FaultProbabilities.Wrong.class)
                .hasMessageStartingWith(message);
    }

    private static Map<Fault, Double> parse(String body) {
        return FaultProbabilities.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
