package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.KeyHeader;
import dev.darkroom.http.MetadataField;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.RequestBody;
import dev.darkroom.http.Retirement;
import dev.darkroom.http.wavespeed.catalogue.CatalogueEndpoints;
import dev.darkroom.http.wavespeed.wire.ApiPaths;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /api/v3/{model}}, and the models, prices and the balance: this function has the settings of the catalogue
 * and the provider's key, and a caller that asks for them submits next. It also answers every request that matches no
 * route, because some of them are requests whose paths have a slash too many.
 */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final SubmitGeneration submitGeneration;
    private final PredictionEndpoints predictions;
    private final CatalogueEndpoints catalogue;
    private final GenerationViews views;
    private final HttpErrorBoundary boundary;

    public SubmitGenerationHandler(
            SubmitGeneration submitGeneration,
            PredictionEndpoints predictions,
            CatalogueEndpoints catalogue,
            GenerationViews views,
            HttpErrorBoundary boundary) {
        this.submitGeneration = submitGeneration;
        this.predictions = predictions;
        this.catalogue = catalogue;
        this.views = views;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Submission(var model) -> submit(request, model);
            case Endpoint.OfPrediction prediction -> predictions.answer(request, prediction);
            case Endpoint.Catalogue(var route) -> catalogue.answer(route, request, WaveSpeedDialect.INSTANCE);
            case Endpoint.Listing _, Endpoint.Deletion _ ->
                WaveSpeedDialect.error(ApiError.noRoute(Endpoint.EXACT_PATH));
            // No route of this function leads here.
            case Endpoint.ByHash _ -> WaveSpeedDialect.error(ApiError.noRoute("this function has no images"));
            // Only a path with a slash too many leads here.
            case Endpoint.Document() -> WaveSpeedDialect.error(ApiError.noRoute("try GET " + Endpoint.DOCUMENT));
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
        });
    }

    private ObjectNode submit(ApiGatewayRequest request, String model) {
        var query = SubmissionQuery.violations(request);
        if (!query.isEmpty()) {
            return WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, query));
        }
        return switch (RequestBody.of(request)) {
            case RequestBody.Refused(var code, var violation) ->
                WaveSpeedDialect.error(ApiError.of(code, List.of(violation)));
            case RequestBody.Text(var body) -> submit(request, model, body);
        };
    }

    private ObjectNode submit(ApiGatewayRequest request, String model, String body) {
        return switch (KeyHeader.of(request)) {
            case KeyHeader.Refused(var message) ->
                WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_IDEMPOTENCY_KEY, KeyHeader.NAME, message));
            case KeyHeader.Accepted(var key) -> submit(request, model, body, key);
        };
    }

    private ObjectNode submit(ApiGatewayRequest request, String model, String body, Optional<IdempotencyKey> key) {
        return switch (MetadataField.ofHeader(request)) {
            case MetadataField.Refused(var message) ->
                WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, MetadataField.HEADER, message));
            case MetadataField.Accepted(var metadata) ->
                // The address is made first, because nothing may fail once the generation is paid for.
                submit(
                        new Command(request.owner(), model, body, key, request.answerBy())
                                .with(metadata)
                                .arrivedAt(request.arrival()),
                        views.address(request));
        };
    }

    private ObjectNode submit(Command command, PublicUrl address) {
        return switch (submitGeneration.submit(command)) {
            case Submission.Stored(var generation, var position, var notices) ->
                WaveSpeedDialect.ok(
                        views.of(generation, position, address, notices), Retirement.headers(notices.retiredOn()));
            case Submission.NotStored(var id, StoreUnavailableException cause) ->
                boundary.failed(cause, ApiError.storeUnavailable(id, ApiPaths.result(id)), WaveSpeedDialect.INSTANCE);
            case Submission.NotStored(var id, var cause) ->
                boundary.failed(cause, ApiError.internal(id, ApiPaths.result(id)), WaveSpeedDialect.INSTANCE);
            case Submission.QueueFull(var retryAfter) -> WaveSpeedDialect.error(ApiError.queueFull(retryAfter));
            case Submission.OverBudget(var limit, var use, var resetsAt) ->
                WaveSpeedDialect.error(ApiError.overBudget(limit, use, resetsAt));
            case Submission.Unpriced(var model) -> WaveSpeedDialect.error(ApiError.unpriced(model));
            case Submission.InvalidInput(var violations) ->
                WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, violations));
            case Submission.UnknownModel(var message) ->
                WaveSpeedDialect.error(ApiError.of(ErrorCode.MODEL_NOT_FOUND, "model", message));
            case Submission.KeyReused() ->
                WaveSpeedDialect.error(ApiError.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED, KeyHeader.NAME, "was used before for another request"));
            case Submission.Deleted() ->
                WaveSpeedDialect.error(ApiError.of(
                        ErrorCode.GENERATION_DELETED,
                        KeyHeader.NAME,
                        "was used before for a generation that was deleted; use another key to pay for a new one"));
        };
    }
}
