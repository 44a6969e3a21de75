package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.wavespeed.listing.DeleteEndpoint;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * {@code POST /api/v3/predictions/{id}/cancel} and {@code POST /api/v3/predictions/delete}: what changes rows without a
 * call of the provider.
 */
@Named("manage-generations")
@ApplicationScoped
public class ManageGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    private final CancelEndpoint cancel;
    private final DeleteEndpoint delete;
    private final HttpErrorBoundary boundary;

    public ManageGenerationsHandler(CancelEndpoint cancel, DeleteEndpoint delete, HttpErrorBoundary boundary) {
        this.cancel = cancel;
        this.delete = delete;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Cancel(var id) -> cancel.answer(request, id);
            case Endpoint.Deletion() -> delete.answer(request);
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
            // No route of this function leads to these.
            case Endpoint.Submission _,
                    Endpoint.Result _,
                    Endpoint.Events _,
                    Endpoint.Listing _,
                    Endpoint.Catalogue _,
                    Endpoint.ByHash _,
                    Endpoint.Document _ ->
                WaveSpeedDialect.error(ApiError.noRoute("this function only changes generations"));
        });
    }
}
