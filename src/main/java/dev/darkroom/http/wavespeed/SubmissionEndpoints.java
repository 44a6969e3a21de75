package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.DryRun;
import dev.darkroom.http.FunctionUrl;
import dev.darkroom.http.wavespeed.catalogue.CatalogueEndpoints;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/** All endpoints of a caller that submits, and what is said about other paths. */
@Singleton
public class SubmissionEndpoints {

    private final SubmitEndpoint submit;
    private final QuoteEndpoint quote;
    private final PredictionEndpoints predictions;
    private final CatalogueEndpoints catalogue;
    private final FunctionUrl functionUrl;

    public SubmissionEndpoints(
            SubmitEndpoint submit,
            QuoteEndpoint quote,
            PredictionEndpoints predictions,
            CatalogueEndpoints catalogue,
            FunctionUrl functionUrl) {
        this.submit = submit;
        this.quote = quote;
        this.predictions = predictions;
        this.catalogue = catalogue;
        this.functionUrl = functionUrl;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Submission(var model) ->
                DryRun.isWanted(request)
                        ? quote.answer(request, caller, model)
                        : submit.answer(request, context, caller, model);
            case Endpoint.OfPrediction prediction -> predictions.answer(request, caller.owner(), prediction);
            case Endpoint.Catalogue(var route) -> catalogue.answer(route, request, caller, WaveSpeedDialect.INSTANCE);
            case Endpoint.Listing _, Endpoint.Deletion _ -> noRoute(request, Endpoint.EXACT_PATH);
            // No route of this function leads here.
            case Endpoint.ByHash _ -> noRoute(request, "this function has no images");
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> noRoute(request, message);
        };
    }

    /** {@code hint} says what there is instead. */
    ObjectNode noRoute(ApiGatewayRequest request, String hint) {
        return WaveSpeedDialect.error(ApiError.noRoute(functionUrl.hint(request, hint)));
    }
}
