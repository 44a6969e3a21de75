package dev.darkroom.http.usage;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.core.usage.ReadUsage.Question;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.image.ByHashEndpoint;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/usage}: what was used and what it cost, as JSON, or as CSV for a caller that prefers it. */
@Singleton
public class UsageEndpoint {

    private static final String METHOD = "GET";
    private static final String ROUTE = " /v1/usage";
    private static final Dialect DIALECT = ByHashEndpoint.DIALECT;

    private final ReadUsage readUsage;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;
    private final InstantSource clock;

    public UsageEndpoint(ReadUsage readUsage, ApiKeyCheck keys, HttpErrorBoundary boundary, InstantSource clock) {
        this.readUsage = readUsage;
        this.keys = keys;
        this.boundary = boundary;
        this.clock = clock;
    }

    /** Whether the request has the route of this endpoint. It accepts any event. */
    public static boolean isOf(ApiGatewayRequest request) {
        return request.event().path("routeKey").asText("").endsWith(ROUTE);
    }

    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        return boundary.run(context, request, DIALECT, () -> switch (request.method()) {
            // A browser's preflight has no key.
            case "OPTIONS" -> HttpResponses.options(METHOD);
            case METHOD, "HEAD" -> keys.run(request, DIALECT, caller -> answer(request, caller));
            default -> keys.run(request, DIALECT, _ -> HttpResponses.error(ApiError.wrongMethod(METHOD), DIALECT));
        });
    }

    private ObjectNode answer(ApiGatewayRequest request, Caller caller) {
        return switch (UsageQuery.read(request, caller, readUsage.countedNames())) {
            case UsageQuery.Result.Refused(var violations) ->
                HttpResponses.error(ApiError.of(ErrorCode.INVALID_INPUT, violations), DIALECT);
            case UsageQuery.Result.Read(var question, var groupBy) -> report(request, question, groupBy);
        };
    }

    private ObjectNode report(ApiGatewayRequest request, Question question, String groupBy) {
        try {
            var report = readUsage.read(question);
            return AcceptedType.isCsv(request)
                    ? HttpResponses.text(AcceptedType.CSV + "; charset=utf-8", UsageView.csv(groupBy, report))
                    : HttpResponses.ok(UsageView.json(question, groupBy, report), Map.of("vary", "accept"));
        } catch (StoreUnavailableException e) {
            if (question.days() == 1 || !Deadline.hasPassed(clock.instant())) {
                throw e;
            }
            // The same request would fail again; half of it may not.
            return HttpResponses.error(
                    ApiError.of(ErrorCode.INVALID_INPUT, List.of(UsageQuery.tooLong(question))), DIALECT);
        }
    }
}
