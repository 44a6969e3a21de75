package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HTTP response with everything that each response must have, and nothing that none may have.
 *
 * @param body missing in a 204
 */
public record CheckedResponse(int status, JsonNode body) {

    private static final Pattern INSIDE =
            Pattern.compile("Exception|Throwable|java\\.|jackson|dev\\.darkroom|\\[Source|the-webhook-secret|drk_");
    private static final int MAX_LENGTH = 64 * 1024;

    /** A response to a caller. */
    public static CheckedResponse of(JsonNode answer) {
        var response = received(answer);
        return switch (response.status()) {
            case 200 -> ok(response.body());
            case 204 -> response;
            default -> problem(response.status(), response.body());
        };
    }

    /** A response to the sender of a webhook: 204, or an error of a code and a message. */
    public static CheckedResponse ofWebhook(JsonNode answer) {
        var response = received(answer);
        if (response.status() != 204) {
            checkError(response.status(), response.body());
            assertThat(response.body().fieldNames()).toIterable().containsExactly("code", "message", "error_code");
        }
        return response;
    }

    private static CheckedResponse received(JsonNode answer) {
        var sent = Fuzz.sent(answer);
        assertThat(sent.path("statusCode").isInt()).as("status code").isTrue();
        assertThat(sent.toString()).as("an answer").doesNotContainPattern(INSIDE);
        assertThat(sent.path("headers").path("x-request-id").textValue()).isEqualTo("request");
        int status = sent.path("statusCode").intValue();
        if (status == 204) {
            return new CheckedResponse(status, sent.path("body"));
        }
        assertThat(sent.path("headers").path("content-type").textValue()).isEqualTo("application/json");
        var body = Fuzz.object(sent.path("body").asText());
        assertThat(body.path("code").intValue()).isEqualTo(status);
        return new CheckedResponse(status, body);
    }

    private static CheckedResponse ok(JsonNode body) {
        var data = body.path("data");
        var generations = data.has("items")
                ? data.path("items").valueStream().toList()
                : data.has("deleted_count") ? List.<JsonNode>of() : List.of(data);
        assertThat(generations)
                .allSatisfy(
                        generation -> assertThat(generation.path("id").asText()).matches("[0-9a-f]{32}"));
        return new CheckedResponse(200, body);
    }

    private static void checkError(int status, JsonNode body) {
        assertThat(body.toString()).as("an error").hasSizeLessThan(MAX_LENGTH);
        assertThat(body.path("message").asText()).isNotBlank();
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(problem -> problem.httpStatus() == status)
                        .map(ErrorCode::code))
                .contains(body.path("error_code").textValue());
    }

    private static CheckedResponse problem(int status, JsonNode body) {
        checkError(status, body);
        assertThat(body.path("data").isNull()).isTrue();
        assertThat(body.path("errors").isArray()).isTrue();
        assertThat(body.path("errors")).allSatisfy(error -> {
            assertThat(error.path("field").isTextual()).isTrue();
            assertThat(error.path("message").asText()).isNotBlank();
        });
        return new CheckedResponse(status, body);
    }

    /** Nothing that a caller sends may cause a 5xx. */
    public CheckedResponse checkNotOurFault() {
        assertThat(status).as("status of %s", body).isBetween(200, 499);
        return this;
    }

    public boolean isAccepted() {
        return status < 300;
    }
}
