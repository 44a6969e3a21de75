package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.delivery.WebhookEndpoints;
import dev.darkroom.http.wavespeed.listing.DeleteEndpoint;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * {@code POST /api/v3/predictions/{id}/cancel} and {@code POST /api/v3/predictions/delete}: what changes rows without a
 * call of the provider. It also serves everything about webhooks to callers.
 */
@Named("manage-generations")
@ApplicationScoped
public class ManageGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    private final CancelEndpoint cancel;
    private final DeleteEndpoint delete;
    private final WebhookEndpoints webhooks;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public ManageGenerationsHandler(
            CancelEndpoint cancel,
            DeleteEndpoint delete,
            WebhookEndpoints webhooks,
            ApiKeyCheck keys,
            HttpErrorBoundary boundary) {
        this.cancel = cancel;
        this.delete = delete;
        this.webhooks = webhooks;
        this.keys = keys;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        if (WebhookEndpoints.isOf(request)) {
            return webhooks.answer(request, context, WaveSpeedDialect.INSTANCE);
        }
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            // No route of this function leads here.
            case Endpoint.Document() -> noRoute();
            case Endpoint.Keyed endpoint ->
                keys.run(
                        request,
                        WaveSpeedDialect.INSTANCE,
                        endpoint.neededRole(),
                        caller -> answer(request, caller, endpoint));
        });
    }

    private ObjectNode answer(ApiGatewayRequest request, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Cancel(var id) -> cancel.answer(request, caller.owner(), id);
            case Endpoint.Deletion() -> delete.answer(request, caller.owner());
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
            // No route of this function leads to these.
            case Endpoint.Submission _, Endpoint.Read _, Endpoint.Catalogue _ -> noRoute();
        };
    }

    private static ObjectNode noRoute() {
        return WaveSpeedDialect.error(ApiError.noRoute("this function only changes generations"));
    }
}
