package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiDocument;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.image.ByHashEndpoint;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/**
 * What the function get-generation serves: generations, lists, images by their content, and every request that no other
 * function has for a path that begins with {@code /api/v3/predictions}. {@code GET /openapi.json} needs no API key, so
 * it reads nothing of the table.
 */
@Singleton
public class WaveSpeedReads {

    private static final String BY_HASH = " /v1/images/by-hash/";

    private final ReadEndpoints reads;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public WaveSpeedReads(ReadEndpoints reads, ApiKeyCheck keys, HttpErrorBoundary boundary) {
        this.reads = reads;
        this.keys = keys;
        this.boundary = boundary;
    }

    /** The answer to a request of this dialect. */
    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        var dialect = dialect(request);
        return boundary.run(context, request, dialect, () -> switch (Endpoint.of(request)) {
            case Endpoint.Document() -> ApiDocument.packaged().answer(request);
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            case Endpoint.Keyed endpoint -> keys.run(request, dialect, caller -> answer(request, caller, endpoint));
        });
    }

    /** The provider's API has no such route as {@code /v1/images/by-hash}. */
    private static Dialect dialect(ApiGatewayRequest request) {
        return request.event().path("routeKey").asText().contains(BY_HASH)
                ? ByHashEndpoint.DIALECT
                : WaveSpeedDialect.INSTANCE;
    }

    private ObjectNode answer(ApiGatewayRequest request, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Read read -> reads.answer(request, caller.owner(), read);
            case Endpoint.WrongMethod(var allowed) ->
                HttpResponses.error(ApiError.wrongMethod(allowed), dialect(request));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
            // Only a path with a slash too many leads here, and the function may not write.
            case Endpoint.Cancel _ ->
                WaveSpeedDialect.error(ApiError.noRoute("try POST /api/v3/predictions/{id}/cancel"));
            case Endpoint.Deletion _ -> WaveSpeedDialect.error(ApiError.noRoute(Endpoint.EXACT_PATH));
            case Endpoint.Submission _, Endpoint.Catalogue _ ->
                WaveSpeedDialect.error(ApiError.noRoute("this function only reads generations"));
        };
    }
}
