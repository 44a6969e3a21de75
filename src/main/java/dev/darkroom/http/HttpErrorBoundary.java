package dev.darkroom.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.observability.Metrics;
import dev.darkroom.observability.Metrics.Metric;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Turns an HTTP handler's exception into a response, and counts it: the handler then returns normally, so Lambda does
 * not count it. Every response has the request's id, which its log lines have too.
 */
@Singleton
public class HttpErrorBoundary {

    private static final Logger LOG = Logger.getLogger(HttpErrorBoundary.class);

    /**
     * A request with less time left had to wait for a process to start. It gets no deadline, because a late answer is
     * better than none.
     */
    private static final Duration LATE = Duration.ofSeconds(4);

    private final Metrics metrics;
    private final InstantSource clock;

    HttpErrorBoundary(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Runs the handler. Its deadline is the time by which the caller has to be answered. A response to HEAD loses its
     * body.
     */
    public ObjectNode run(Context context, ApiGatewayRequest request, Dialect dialect, Supplier<ObjectNode> handler) {
        var trace = request.traceParent();
        var answer = answer(
                context,
                trace,
                dialect,
                () -> TraceParent.within(
                        trace, () -> Deadline.within(request.answerBy().filter(this::canBeMet), handler)));
        answer.withObject("/headers").put("x-request-id", context.getAwsRequestId());
        if (request.method().equals("HEAD")) {
            answer.remove("body");
        }
        return answer;
    }

    private boolean canBeMet(Instant answerBy) {
        return !answerBy.isBefore(clock.instant().plus(LATE));
    }

    private ObjectNode answer(
            Context context, Optional<TraceParent> trace, Dialect dialect, Supplier<ObjectNode> handler) {
        MDC.put("requestId", context.getAwsRequestId());
        trace.ifPresent(caller -> MDC.put(TraceParent.NAME, caller));
        try {
            return handler.get();
        } catch (RuntimeException e) {
            return failed(
                    e,
                    e instanceof StoreUnavailableException ? ApiError.storeUnavailable() : ApiError.internal(),
                    dialect);
        } finally {
            MDC.clear();
        }
    }

    /** Logs and counts the failure, and returns the response. */
    public ObjectNode failed(RuntimeException cause, ApiError error, Dialect dialect) {
        LOG.error("request-failed", cause);
        metrics.count(Metric.ERRORS);
        return HttpResponses.error(error, dialect);
    }
}
