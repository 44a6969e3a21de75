package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.lambda.Metrics.Metric;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Turns what an HTTP handler throws into an answer, and counts it: it must never throw, so Lambda counts nothing. */
@Singleton
class HttpGuard {

    private static final Logger LOG = Logger.getLogger(HttpGuard.class);

    private final Metrics metrics;

    HttpGuard(Metrics metrics) {
        this.metrics = metrics;
    }

    JsonNode run(Context context, Supplier<JsonNode> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return handler.get();
        } catch (RuntimeException e) {
            LOG.error("request-failed", e);
            metrics.count(Metric.UNEXPECTED_FAILURES);
            return e instanceof StoreUnavailableException
                    ? HttpAnswers.storeUnavailable()
                    : HttpAnswers.internalError();
        } finally {
            MDC.clear();
        }
    }
}
