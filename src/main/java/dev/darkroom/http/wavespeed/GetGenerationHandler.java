package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.HttpErrorBoundary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * {@code GET /api/v3/predictions/{id}/result}, and without {@code /result}, the list {@code POST /api/v3/predictions},
 * and every other path that begins with {@code /api/v3/predictions} and has no route.
 */
@Named("get-generation")
@ApplicationScoped
public class GetGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final ResultEndpoint result;
    private final ListEndpoint list;
    private final HttpErrorBoundary boundary;

    public GetGenerationHandler(ResultEndpoint result, ListEndpoint list, HttpErrorBoundary boundary) {
        this.result = result;
        this.list = list;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Result(var id) -> result.answer(request, id);
            case Endpoint.Listing() -> list.answer(request);
            case Endpoint.WrongMethod(var allowed) -> WaveSpeedDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) -> WaveSpeedDialect.error(ApiError.noRoute(message));
            case Endpoint.Deletion() -> WaveSpeedDialect.error(ApiError.noRoute(Endpoint.EXACT_PATH));
            // No route of this function is a submission's, and the function may not write.
            case Endpoint.Submission _ -> WaveSpeedDialect.error(ApiError.noRoute("this function only reads"));
        });
    }
}
