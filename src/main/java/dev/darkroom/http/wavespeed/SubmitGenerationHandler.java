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
import dev.darkroom.http.wavespeed.catalogue.CatalogueEndpoints;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * {@code POST /api/v3/{model}}, and the models, prices and the balance: this function has the settings of the catalogue
 * and the provider's key, and a caller that asks for them submits next. It also answers every request that matches no
 * route, because some of them are requests whose paths have a slash too many.
 */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final SubmitEndpoint submit;
    private final PredictionEndpoints predictions;
    private final CatalogueEndpoints catalogue;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public SubmitGenerationHandler(
            SubmitEndpoint submit,
            PredictionEndpoints predictions,
            CatalogueEndpoints catalogue,
            ApiKeyCheck keys,
            HttpErrorBoundary boundary) {
        this.submit = submit;
        this.predictions = predictions;
        this.catalogue = catalogue;
        this.keys = keys;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            // Only a path with a slash too many leads here.
            case Endpoint.Document() -> WaveSpeedDialect.error(ApiError.noRoute("try GET " + Endpoint.DOCUMENT));
            case Endpoint.Keyed endpoint ->
                keys.run(request, WaveSpeedDialect.INSTANCE, caller -> answer(request, caller, endpoint));
        });
    }

    private ObjectNode answer(ApiGatewayRequest request, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Submission(var model) -> submit.answer(request, caller.owner(), model);
            case Endpoint.OfPrediction prediction -> predictions.answer(request, caller.owner(), prediction);
            case Endpoint.Catalogue(var route) -> catalogue.answer(route, request, WaveSpeedDialect.INSTANCE);
            case Endpoint.Listing _, Endpoint.Deletion _ ->
                WaveSpeedDialect.error(ApiError.noRoute(Endpoint.EXACT_PATH));
            // No route of this function leads here.
            case Endpoint.ByHash _ -> WaveSpeedDialect.error(ApiError.noRoute("this function has no images"));
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
        };
    }
}
