package dev.darkroom.http;

import com.amazonaws.services.lambda.runtime.Context;
import dev.darkroom.core.waiting.AwaitGeneration;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How long the caller of a request may wait for its images. The limit counts from the request's arrival, because the
 * caller's and API Gateway's limits do. It never reaches beyond the function's own time.
 */
@Singleton
public class AnswerLimit {

    /** API Gateway ends a request after 30 s. */
    static final Duration BEHIND_API_GATEWAY = Duration.ofSeconds(25);

    /** Lambda itself sets no limit but the function's time. Clients on Node.js give up after 300 s. */
    static final Duration AT_FUNCTION_URL = Duration.ofSeconds(290);

    /** For clients that give up after 10 s in all. */
    public static final Duration OF_SHORT_PATIENCE = ApiGatewayRequest.MAX_ANSWER_TIME;

    /** What has to follow the wait within the function's time: the last read, and the answer. */
    static final Duration AFTER_WAIT = AwaitGeneration.LAST_READ.plusSeconds(1);

    private final InstantSource clock;

    AnswerLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** The longest wait of this caller. */
    public Wait longest(ApiGatewayRequest request, Context context) {
        var now = clock.instant();
        var arrival = request.arrival().orElse(now);
        var endOfFunction = now.plusMillis(context.getRemainingTimeInMillis()).minus(AFTER_WAIT);
        return new Wait(arrival, endOfFunction).within(limit(request));
    }

    private static Duration limit(ApiGatewayRequest request) {
        if (ClientPatience.isShort(request)) {
            return OF_SHORT_PATIENCE;
        }
        return request.isOfFunctionUrl() ? AT_FUNCTION_URL : BEHIND_API_GATEWAY;
    }

    /** The wait that the caller prefers, cut to the longest; empty without a preference. */
    public Optional<Wait> preferred(ApiGatewayRequest request, Context context) {
        return WaitPreference.of(request).map(longest(request, context)::within);
    }
}
