package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.Violation;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Renders answers, among them those for what went wrong: an HTTP handler must never throw. */
@Singleton
class HttpAnswers {

    private static final Logger LOG = Logger.getLogger(HttpAnswers.class);
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private static final Map<String, String> RETRY = Map.of("retry-after", "1");

    private final ObjectMapper mapper;

    HttpAnswers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Runs the handler's own part and turns what it throws into an answer. */
    APIGatewayV2HTTPResponse guard(Context context, Supplier<APIGatewayV2HTTPResponse> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return handler.get();
        } catch (StoreUnavailableException e) {
            LOG.error("request-failed", e);
            return problem(Problem.STORE_UNAVAILABLE, "store", "does not answer at the moment; try again", RETRY);
        } catch (RuntimeException e) {
            LOG.error("request-failed", e);
            return problem(Problem.INTERNAL_ERROR, "server", "failed; the cause is in its log", Map.of());
        } finally {
            MDC.clear();
        }
    }

    APIGatewayV2HTTPResponse ok(GenerationView view) {
        return render(200, SuccessEnvelope.of(view), Map.of());
    }

    APIGatewayV2HTTPResponse problem(Problem problem, String field, String message) {
        return problem(problem, field, message, Map.of());
    }

    APIGatewayV2HTTPResponse problem(Problem problem, String field, String message, Map<String, String> headers) {
        return problem(problem, List.of(new Violation(field, message)), headers);
    }

    APIGatewayV2HTTPResponse problem(Problem problem, List<Violation> violations) {
        return problem(problem, violations, Map.of());
    }

    private APIGatewayV2HTTPResponse problem(Problem problem, List<Violation> violations, Map<String, String> headers) {
        if (problem.httpStatus() < 500) {
            MDC.put("httpStatus", problem.httpStatus());
            MDC.put("errorCode", problem.code());
            LOG.info("request-refused");
        }
        return render(problem.httpStatus(), ErrorEnvelope.of(problem, violations), headers);
    }

    private APIGatewayV2HTTPResponse render(int status, Object body, Map<String, String> headers) {
        var all = new HashMap<>(HEADERS);
        all.putAll(headers);
        try {
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(status)
                    .withHeaders(all)
                    .withBody(mapper.writeValueAsString(body))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own answers can be written", e);
        }
    }
}
