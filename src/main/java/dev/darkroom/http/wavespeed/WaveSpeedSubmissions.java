package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.wavespeed.catalogue.CatalogueEndpoints;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/** What the function submit-generation serves: submissions, models, prices, the balance, and other paths. */
@Singleton
public class WaveSpeedSubmissions {

    private final SubmitEndpoint submit;
    private final PredictionEndpoints predictions;
    private final CatalogueEndpoints catalogue;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public WaveSpeedSubmissions(
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

    /** The answer to a request of this dialect. */
    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            // No route of this function leads here.
            case Endpoint.Document() -> WaveSpeedDialect.error(ApiError.noRoute("try GET /openapi.json"));
            case Endpoint.Keyed endpoint ->
                keys.run(request, WaveSpeedDialect.INSTANCE, caller -> answer(request, context, caller, endpoint));
        });
    }

    private ObjectNode answer(
            ApiGatewayRequest request, Context context, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Submission(var model) -> submit.answer(request, context, caller.owner(), model);
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
