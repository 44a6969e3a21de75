package dev.darkroom.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.domain.Characters;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Renders answers, among them those for what went wrong. */
final class HttpAnswers {

    private static final Logger LOG = Logger.getLogger(HttpAnswers.class);
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private static final Map<String, String> RETRY = Map.of("retry-after", "1");

    private HttpAnswers() {}

    static ObjectNode storeUnavailable() {
        return problem(Problem.STORE_UNAVAILABLE, "store", "does not answer at the moment; try again", RETRY);
    }

    /** Of a generation that may have been stored: the caller can look for it before asking for another one. */
    static ObjectNode storeUnavailable(GenerationId id) {
        return unavailable(
                Problem.STORE_UNAVAILABLE, "store", "does not answer at the moment; " + mayBeStored(id), RETRY, id);
    }

    static ObjectNode queueFull(Duration retryAfter) {
        return problem(
                Problem.QUEUE_FULL,
                "queue",
                "has too many of your requests that wait for their turn; try again later",
                Map.of("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    static ObjectNode internalError() {
        return problem(Problem.INTERNAL_ERROR, "server", "failed; the cause is in its log");
    }

    /** Of a generation that may have been stored. */
    static ObjectNode internalError(GenerationId id) {
        return unavailable(
                Problem.INTERNAL_ERROR, "server", "failed; the cause is in its log; " + mayBeStored(id), Map.of(), id);
    }

    private static String mayBeStored(GenerationId id) {
        return "the request may have been stored: read " + PublicAddress.resultPath(id) + " before sending it again";
    }

    private static ObjectNode unavailable(
            Problem problem, String field, String message, Map<String, String> headers, GenerationId id) {
        return problem(problem, List.of(new Violation(field, message)), headers, Optional.of(id));
    }

    static ObjectNode wrongMethod(String allowed) {
        return problem(Problem.METHOD_NOT_ALLOWED, "method", "must be " + allowed + " here", Map.of("allow", allowed));
    }

    /** {@code hint} says why, or what there is instead. */
    static ObjectNode noRoute(String hint) {
        return problem(Problem.ROUTE_NOT_FOUND, "path", "leads nowhere: " + hint);
    }

    static ObjectNode ok(GenerationView view) {
        return render(200, Json.SUCCESS, SuccessEnvelope.of(view), Map.of());
    }

    /** There is nothing to say. */
    static ObjectNode taken() {
        return Json.object().put("statusCode", 204);
    }

    static ObjectNode problem(Problem problem, String field, String message) {
        return problem(problem, field, message, Map.of());
    }

    static ObjectNode problem(Problem problem, String field, String message, Map<String, String> headers) {
        return problem(problem, List.of(new Violation(field, message)), headers);
    }

    static ObjectNode problem(Problem problem, List<Violation> violations) {
        return problem(problem, violations, Map.of());
    }

    private static ObjectNode problem(Problem problem, List<Violation> violations, Map<String, String> headers) {
        return problem(problem, violations, headers, Optional.empty());
    }

    private static ObjectNode problem(
            Problem problem, List<Violation> violations, Map<String, String> headers, Optional<GenerationId> id) {
        if (problem.httpStatus() < 500) {
            MDC.put("httpStatus", problem.httpStatus());
            MDC.put("errorCode", problem.code());
            LOG.info("request-refused");
        }
        return render(problem.httpStatus(), Json.ERROR, ErrorEnvelope.of(problem, violations, id), headers);
    }

    private static ObjectNode render(int status, ObjectWriter writer, Object body, Map<String, String> headers) {
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
