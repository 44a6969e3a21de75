package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Deadline;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.lambda.Metrics.Metric;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Turns what an HTTP handler throws into an answer, and counts it: it must never throw, so Lambda counts nothing. Every
 * answer has the request's id, which is in its log lines too.
 */
@Singleton
class HttpGuard {

    private static final Logger LOG = Logger.getLogger(HttpGuard.class);

    /** A request with less time left has waited for a process to start: rather late than not done. */
    private static final Duration LATE = Duration.ofSeconds(4);

    private final Metrics metrics;
    private final InstantSource clock;

    HttpGuard(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What the handler does ends when the caller has to be answered. */
    ObjectNode run(Context context, ApiGatewayRequest request, Supplier<ObjectNode> handler) {
        var answer = answer(context, () -> Deadline.within(request.answerBy().filter(this::canBeMet), handler));
        answer.withObject("/headers").put("x-request-id", context.getAwsRequestId());
        return answer;
    }

    private boolean canBeMet(Instant answerBy) {
        return !answerBy.isBefore(clock.instant().plus(LATE));
    }

    private ObjectNode answer(Context context, Supplier<ObjectNode> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return handler.get();
        } catch (RuntimeException e) {
            return failed(
                    e,
                    e instanceof StoreUnavailableException
                            ? HttpAnswers.storeUnavailable()
                            : HttpAnswers.internalError());
        } finally {
            MDC.clear();
        }
    }

    /** Logs and counts what failed, and gives back the answer. */
    ObjectNode failed(RuntimeException cause, ObjectNode answer) {
        LOG.error("request-failed", cause);
        metrics.count(Metric.UNEXPECTED_FAILURES);
        return answer;
    }
}
