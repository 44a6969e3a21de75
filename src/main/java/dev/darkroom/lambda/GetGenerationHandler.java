package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** {@code GET /api/v3/predictions/{id}/result}, and without {@code /result}, and whatever else begins as they do. */
@Named("get-generation")
@ApplicationScoped
public class GetGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final ResultEndpoint result;
    private final HttpGuard guard;

    GetGenerationHandler(ResultEndpoint result, HttpGuard guard) {
        this.result = result;
        this.guard = guard;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, request, () -> switch (Endpoint.of(request)) {
            case Endpoint.Result(var id) -> result.answer(request, id);
            case Endpoint.WrongMethod(var allowed) -> HttpAnswers.wrongMethod(allowed);
            case Endpoint.Missing(var message) -> HttpAnswers.noRoute(message);
            // No route of this function leads here, and it may not write.
            case Endpoint.Submission _ -> HttpAnswers.noRoute("this function only reads");
        });
    }
}
