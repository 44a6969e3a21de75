package dev.darkroom.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.darkroom.domain.Characters;
import dev.darkroom.domain.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Renders answers, among them those for what went wrong. */
final class HttpAnswers {

    private static final Logger LOG = Logger.getLogger(HttpAnswers.class);
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private static final Map<String, String> RETRY = Map.of("retry-after", "1");

    private HttpAnswers() {}

    static JsonNode storeUnavailable() {
        return problem(Problem.STORE_UNAVAILABLE, "store", "does not answer at the moment; try again", RETRY);
    }

    static JsonNode queueFull(Duration retryAfter) {
        return problem(
                Problem.QUEUE_FULL,
                "queue",
                "has too many of your requests that wait for their turn; try again later",
                Map.of("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    static JsonNode internalError() {
        return problem(Problem.INTERNAL_ERROR, "server", "failed; the cause is in its log");
    }

    static JsonNode ok(GenerationView view) {
        return render(200, Json.SUCCESS, SuccessEnvelope.of(view), Map.of());
    }

    /** There is nothing to say. */
    static JsonNode taken() {
        return Json.object().put("statusCode", 204);
    }

    static JsonNode problem(Problem problem, String field, String message) {
        return problem(problem, field, message, Map.of());
    }

    static JsonNode problem(Problem problem, String field, String message, Map<String, String> headers) {
        return problem(problem, List.of(new Violation(field, message)), headers);
    }

    static JsonNode problem(Problem problem, List<Violation> violations) {
        return problem(problem, violations, Map.of());
    }

    private static JsonNode problem(Problem problem, List<Violation> violations, Map<String, String> headers) {
        if (problem.httpStatus() < 500) {
            MDC.put("httpStatus", problem.httpStatus());
            MDC.put("errorCode", problem.code());
            LOG.info("request-refused");
        }
        return render(problem.httpStatus(), Json.ERROR, ErrorEnvelope.of(problem, violations), headers);
    }

    private static JsonNode render(int status, ObjectWriter writer, Object body, Map<String, String> headers) {
        var answer = Json.object().put("statusCode", status);
        var all = answer.putObject("headers");
        HEADERS.forEach(all::put);
        headers.forEach(all::put);
        try {
            return answer.put("body", Characters.whole(writer.writeValueAsString(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own answers can be written", e);
        }
    }
}
