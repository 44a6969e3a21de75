package dev.darkroom.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An HTTP answer that has what every answer has, and nothing of what no answer may have.
 *
 * @param body missing in a 204
 */
record CheckedAnswer(int status, JsonNode body) {

    private static final Pattern INSIDE =
            Pattern.compile("Exception|Throwable|java\\.|jackson|dev\\.darkroom|\\[Source|the-webhook-secret|drk_");
    private static final int LONGEST = 64 * 1024;

    static CheckedAnswer of(JsonNode answer) {
        var sent = Fuzz.sent(answer);
        assertThat(sent.path("statusCode").isInt()).as("status code").isTrue();
        assertThat(sent.toString()).as("an answer").doesNotContainPattern(INSIDE);
        assertThat(sent.path("headers").path("x-request-id").textValue()).isEqualTo("request");
        int status = sent.path("statusCode").intValue();
        if (status == 204) {
            return new CheckedAnswer(status, sent.path("body"));
        }
        assertThat(sent.path("headers").path("content-type").textValue()).isEqualTo("application/json");
        var body = Fuzz.object(sent.path("body").asText());
        assertThat(body.path("code").intValue()).isEqualTo(status);
        return status == 200 ? ok(body) : problem(status, body);
    }

    private static CheckedAnswer ok(JsonNode body) {
        assertThat(body.path("data").path("id").asText()).matches("[0-9a-f]{32}");
        return new CheckedAnswer(200, body);
    }

    private static CheckedAnswer problem(int status, JsonNode body) {
        assertThat(body.toString()).as("an error").hasSizeLessThan(LONGEST);
        assertThat(body.path("message").asText()).isNotBlank();
        assertThat(body.path("data").isNull()).isTrue();
        assertThat(Arrays.stream(Problem.values())
                        .filter(problem -> problem.httpStatus() == status)
                        .map(Problem::code))
                .contains(body.path("error_code").textValue());
        assertThat(body.path("errors")).isNotEmpty().allSatisfy(error -> {
            assertThat(error.path("field").isTextual()).isTrue();
            assertThat(error.path("message").asText()).isNotBlank();
        });
        return new CheckedAnswer(status, body);
    }

    /** What a caller can send is never our fault. */
    CheckedAnswer checkNotOurFault() {
        assertThat(status).as("status of %s", body).isBetween(200, 499);
        return this;
    }

    boolean isAccepted() {
        return status < 300;
    }
}
