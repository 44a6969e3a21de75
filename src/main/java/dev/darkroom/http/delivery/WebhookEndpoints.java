package dev.darkroom.http.delivery;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.core.delivery.ManageEndpoints;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.image.ByHashEndpoint;
import jakarta.inject.Singleton;
import java.util.function.Function;

/** Everything that callers do with webhooks, but asking for one. */
@Singleton
public class WebhookEndpoints {

    static final Dialect DIALECT = ByHashEndpoint.DIALECT;

    private final StandingEndpoints standing;
    private final DeliveryEndpoints deliveries;
    private final ManageEndpoints manage;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public WebhookEndpoints(
            StandingEndpoints standing,
            DeliveryEndpoints deliveries,
            ManageEndpoints manage,
            ApiKeyCheck keys,
            HttpErrorBoundary boundary) {
        this.standing = standing;
        this.deliveries = deliveries;
        this.manage = manage;
        this.keys = keys;
        this.boundary = boundary;
    }

    /** Whether the request has one of the routes. It accepts any event. */
    public static boolean isOf(ApiGatewayRequest request) {
        return Route.of(request).isPresent();
    }

    /** The answer to a request that {@link #isOf} accepts; {@code providers} is the dialect of the provider's routes. */
    public ObjectNode answer(ApiGatewayRequest request, Context context, Dialect providers) {
        var route = Route.of(request).orElseThrow();
        var dialect = route == Route.SECRET ? providers : DIALECT;
        Function<Caller, ObjectNode> answer = caller -> answer(route, request, caller);
        return boundary.run(context, request, dialect, () -> keys.run(request, dialect, route.needed(), answer));
    }

    private ObjectNode answer(Route route, ApiGatewayRequest request, Caller caller) {
        return switch (route) {
            case SECRET -> secret(caller);
            case CREATE -> standing.create(request, caller);
            case LIST -> standing.list(caller);
            case READ, DELETE, DISABLE, ENABLE, ROTATE -> standing.answer(route, request.pathParameter("id"), caller);
            case ENDPOINT_DELIVERIES, ENDPOINT_REDELIVER -> deliveries.ofEndpoint(route, request, caller);
            case DELIVERIES -> deliveries.ofGeneration(request, caller);
            case REDELIVER -> deliveries.redeliver(request, caller);
        };
    }

    /** As the provider answers it. */
    private ObjectNode secret(Caller caller) {
        var body = JsonNodeFactory.instance.objectNode().put("code", 200).put("message", "success");
        body.putObject("data")
                .put("secret", manage.secret(caller.key()).current().value());
        return HttpResponses.ok(body.toString());
    }
}
