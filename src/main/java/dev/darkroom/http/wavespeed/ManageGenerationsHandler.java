package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpErrorBoundary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What changes generations without creating any: {@code POST /api/v3/predictions/delete}. */
@Named("manage-generations")
@ApplicationScoped
public class ManageGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    private final DeleteEndpoint delete;
    private final HttpErrorBoundary boundary;

    public ManageGenerationsHandler(DeleteEndpoint delete, HttpErrorBoundary boundary) {
        this.delete = delete;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Deletion() -> delete.answer(request);
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
            // No route of this function leads here.
            case Endpoint.Submission _, Endpoint.Result _, Endpoint.Listing _ ->
                WaveSpeedDialect.error(ApiError.noRoute("this function only deletes"));
        });
    }
}
