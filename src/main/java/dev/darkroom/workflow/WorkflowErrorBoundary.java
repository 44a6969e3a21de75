package dev.darkroom.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.errors.WorkflowException;
import dev.darkroom.observability.Metrics;
import dev.darkroom.observability.Metrics.Metric;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** Counts the unexpected exceptions of a handler; Lambda's own count includes the expected ones. */
@Singleton
public class WorkflowErrorBoundary {

    private final Metrics metrics;

    public WorkflowErrorBoundary(Metrics metrics) {
        this.metrics = metrics;
    }

    public JsonNode run(Context context, Supplier<JsonNode> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return handler.get();
        } catch (WorkflowException e) {
            throw e;
        } catch (RuntimeException e) {
            metrics.count(Metric.ERRORS);
            throw e;
        } finally {
            MDC.clear();
        }
    }
}
