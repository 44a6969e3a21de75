package dev.darkroom.provider.wavespeed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which input in the history can come from which call. */
class PredictionInputTest {

    private static boolean matches(String theirs, String sent) {
        return PredictionInput.of(theirs).matches(PredictionInput.of(sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt":" a cat\\n"}                 | {"prompt":"a cat"}
            {"prompt":"a cat"}                     | {"prompt":"\\t a cat \\r\\n"}
            {"prompt":"a cat"}                     | {"prompt":"\\u00a0a cat\\ufeff"}
            {"prompt":"a cat"}                     | {"prompt":"\\u3000a cat\\u0085"}
            {"prompt":"a\\ncat"}                   | {"prompt":"a\\r\\ncat"}
            {"prompt":"a\\ncat"}                   | {"prompt":"a\\rcat"}
            {"prompt":"caf\\u00e9"}                | {"prompt":"cafe\\u0301"}
            {"prompt":"\\uac00"}                   | {"prompt":"\\u1100\\u1161"}
            {"prompt":"a","num_images":1.0}        | {"prompt":"a","num_images":1}
            {"prompt":"a","num_images":1e0}        | {"prompt":"a","num_images":1}
            {"prompt":"a","seed":4.17e2}           | {"prompt":"a","seed":417}
            {"prompt":"a","seed":9999999999}       | {"prompt":"a","seed":9999999999}
            {"prompt":"a","seed":417}              | {"prompt":"a","seed":-1}
            {"prompt":"a","seed":-1}               | {"prompt":"a","seed":-1}
            {"prompt":"a"}                         | {"prompt":"a","seed":-1}
            {"prompt":"a","seed":null}             | {"prompt":"a","seed":-1.0}
            {"prompt":"a","seed":417}              | {"prompt":"a"}
            {"prompt":"a"}                         | {"prompt":"a","negative_prompt":""}
            {"prompt":"a","negative_prompt":null}  | {"prompt":"a","negative_prompt":" "}
            {"prompt":"a","negative_prompt":""}    | {"prompt":"a"}
            {"prompt":"a","output_format":"png"}   | {"prompt":"a"}
            {"prompt":"a","size":"1024*1024"}      | {"prompt":"a"}
            {"prompt":"a","enable_base64_output":false,"guidance":3.5,"loras":[],"extra":{}} | {"prompt":"a"}
            """)
    void whatTheProviderChangesByItselfHidesNothing(String theirs, String sent) {
        assertThat(matches(theirs, sent)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt":"a dog"}                        | {"prompt":"a cat"}
            {"prompt":"A cat"}                        | {"prompt":"a cat"}
            {"prompt":"a  cat"}                       | {"prompt":"a cat"}
            {"prompt":"a\\n\\ncat"}                   | {"prompt":"a\\r\\ncat"}
            {"prompt":["a cat"]}                      | {"prompt":"a cat"}
            {"prompt":"a","num_images":2}             | {"prompt":"a","num_images":1}
            {"prompt":"a","num_images":"1"}           | {"prompt":"a","num_images":1}
            {"prompt":"a"}                            | {"prompt":"a","num_images":1}
            {"prompt":"a","seed":418}                 | {"prompt":"a","seed":417}
            {"prompt":"a"}                            | {"prompt":"a","seed":417}
            {"prompt":"a","seed":"drawn"}             | {"prompt":"a","seed":-1}
            {"prompt":"a","seed":1e999999999}         | {"prompt":"a","seed":417}
            {"prompt":"a","num_images":1e40000000}    | {"prompt":"a","num_images":1}
            {"prompt":"a","negative_prompt":"dogs"}   | {"prompt":"a"}
            {"prompt":"a","negative_prompt":"dogs"}   | {"prompt":"a","negative_prompt":"cats"}
            {"prompt":"a","prompt_2":"dogs"}          | {"prompt":"a"}
            {"prompt":"a","image":"https://a/b.png"}  | {"prompt":"a"}
            {"prompt":"a","image":"data:image/png,x"} | {"prompt":"a"}
            {"prompt":"a","loras":[{"path":"x"}]}     | {"prompt":"a"}
            {"prompt":"a","images":["x"]}             | {"prompt":"a"}
            {"prompt":"a","style":{"name":"x"}}       | {"prompt":"a"}
            {}                                        | {"prompt":"a"}
            null                                      | {"prompt":"a"}
            "a"                                       | {"prompt":"a"}
            {}                                        | {}
            {"size":"1024*1024"}                      | {}
            """)
    void anInputOfAnotherCallIsNotAMatch(String theirs, String sent) {
        assertThat(matches(theirs, sent)).isFalse();
    }

    @Test
    void theSamePromptIsKnownThroughTheSameChanges() {
        var sent = PredictionInput.of("{\"prompt\":\"a cat\",\"num_images\":1}");

        assertThat(PredictionInput.of("{\"prompt\":\" a cat\\n\",\"num_images\":2}")
                        .hasSamePrompt(sent))
                .isTrue();
        assertThat(PredictionInput.of("{\"prompt\":\"a dog\"}").hasSamePrompt(sent))
                .isFalse();
        assertThat(PredictionInput.of("{}").hasSamePrompt(PredictionInput.of("{}")))
                .isFalse();
    }
}
