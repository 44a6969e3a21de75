package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.lambda.Metrics.Metric;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** Counts what a handler throws without having planned it; Lambda's own count has the planned ones in it too. */
@Singleton
class TaskGuard {

    private final Metrics metrics;

    TaskGuard(Metrics metrics) {
        this.metrics = metrics;
    }

    JsonNode run(Context context, Supplier<JsonNode> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return handler.get();
        } catch (PlannedException e) {
            throw e;
        } catch (RuntimeException e) {
            metrics.count(Metric.UNEXPECTED_FAILURES);
            throw e;
        } finally {
            MDC.clear();
        }
    }
}
