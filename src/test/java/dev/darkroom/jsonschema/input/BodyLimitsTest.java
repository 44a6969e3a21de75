package dev.darkroom.jsonschema.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.catalogue.Violation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that exceeds a limit is rejected while it is read, with one message for each limit. */
class BodyLimitsTest {

    private static final String EXPONENT = "has a number with an exponent beyond 1000";
    private static final String DIGITS = "has a number of more than 100 characters";

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of("{\"seed\": 1e1001}", "seed", EXPONENT),
                Arguments.of("{\"seed\": -1.5E+01001}", "seed", EXPONENT),
                Arguments.of("{\"seed\": 1e-1001}", "seed", EXPONENT),
                Arguments.of("{\"seed\": 1e40000000}", "seed", EXPONENT),
                Arguments.of("{\"seed\": 1e2147483648}", "seed", EXPONENT),
                Arguments.of("{\"seed\": 1e99999999999999999999}", "seed", EXPONENT),
                Arguments.of("{\"aspect_ratio\": [1e40000000]}", "aspect_ratio", EXPONENT),
                Arguments.of("{\"other\": {\"a\": [[{\"b\": 1e40000000}]]}}", "other", EXPONENT),
                Arguments.of("{\"prompt\": 1, \"x\": [0, \"a\", true, null, 1e40000000]}", "x", EXPONENT),
                Arguments.of("{\"seed\": %s}".formatted("9".repeat(101)), "seed", DIGITS),
                Arguments.of("{\"seed\": -%s}".formatted("9".repeat(100)), "seed", DIGITS),
                Arguments.of("{\"seed\": 0.%s}".formatted("3".repeat(100)), "seed", DIGITS),
                Arguments.of("{\"seed\": 1e%s1}".formatted("0".repeat(100)), "seed", DIGITS),
                Arguments.of("{\"seed\": %s}".formatted("9".repeat(250_000)), "seed", DIGITS),
                Arguments.of("{\"x\": [{\"y\": %s}]}".formatted("9".repeat(5_000)), "x", DIGITS),
                Arguments.of(nested(101), "body", "is nested deeper than 100 levels"),
                Arguments.of("{\"a\":".repeat(101) + "1", "body", "is nested deeper than 100 levels"),
                Arguments.of(
                        "{\"%s\": 1}".formatted("n".repeat(50_001)),
                        "n".repeat(64) + "…",
                        "has a name of more than 50000 characters"),
                Arguments.of(
                        "{\"x\": {\"%s\": 1}}".formatted("n".repeat(50_001)),
                        "x",
                        "has a name of more than 50000 characters"),
                Arguments.of(
                        "{\"prompt\": \"%s\"}".formatted("x".repeat(JsonBody.MAX_STRING_LENGTH + 1)),
                        "prompt",
                        "has a string of more than 262144 characters"));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void whatIsTooLargeIsNamed(String body, String field, String message) {
        assertThat(violation(body)).isEqualTo(new Violation(field, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"seed\": 1e1000}",
                "{\"seed\": 1e-1000}",
                "{\"seed\": 1e0001000}",
                "{\"seed\": -0}",
                "{\"seed\": -0.0}",
                "{\"seed\": 0e0}",
                "{\"seed\": 0e-1000}",
                "{\"seed\": [1E+1000]}"
            })
    void whatIsJustInTheLimitsIsRead(String body) {
        assertThat(JsonBody.read(body)).isInstanceOf(JsonBody.Read.class);
    }

    @Test
    void aHundredDigitsAndAHundredLevelsAreRead() {
        assertThat(JsonBody.read("{\"seed\": %s}".formatted("9".repeat(100)))).isInstanceOf(JsonBody.Read.class);
        assertThat(JsonBody.read(nested(100))).isInstanceOf(JsonBody.Read.class);
    }

    /** The rest of the body is not even parsed, so it costs nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"seed\": 1e40000000, this is no JSON", "{\"x\": [1e40000000, this is no JSON"})
    void aNumberThatIsTooLargeIsRefusedBeforeTheRestIsRead(String body) {
        assertThat(violation(body).message()).isEqualTo(EXPONENT);
    }

    @Test
    void nothingIsKeptOfListsAndObjects() {
        assertThat(JsonBody.read("{\"a\": [1, [2]], \"b\": {\"c\": {\"d\": 3}}, \"e\": 4}"))
                .isInstanceOfSatisfying(
                        JsonBody.Read.class,
                        read -> assertThat(read.object()).hasToString("{\"a\":[],\"b\":{},\"e\":4}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"a\": 2}", "{\"a\": null, \"a\": null}", "{\"a\": [], \"b\": 1, \"a\": {}}"})
    void aMemberThatIsThereTwiceIsNamed(String body) {
        assertThat(violation(body)).isEqualTo(new Violation("a", "is duplicated"));
    }

    @Test
    void whatFollowsTheObjectIsRefused() {
        assertThat(violation("{} {}").message()).isEqualTo("has more text after the JSON object");
        assertThat(violation("{} x").message()).startsWith("is not valid JSON (line 1, column ");
    }

    /** An interned name would stay in memory as long as the process lives. */
    @Test
    void namesAreNotInterned() {
        var interned = "a-name-of-this-test-only".intern();

        var read = (JsonBody.Read) JsonBody.read("{\"%s\": 1}".formatted(interned));

        assertThat(read.object().fieldNames().next()).isEqualTo(interned).isNotSameAs(interned);
    }

    private static Violation violation(String body) {
        return ((JsonBody.Unreadable) JsonBody.read(body)).violation();
    }

    /** The body itself counts as one of the levels. */
    private static String nested(int levels) {
        return "{\"a\": " + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }
}
