package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.domain.GenerationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code GET /api/v3/predictions/{id}/result}, and without {@code /result}. It also answers every request that no route
 * takes, because it is the function that may do the least.
 */
@Named("get-generation")
@ApplicationScoped
public class GetGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private static final Set<String> ROUTES =
            Set.of("GET /api/v3/predictions/{id}", "GET /api/v3/predictions/{id}/result");
    private static final Pattern RESULT_PATH = Pattern.compile(".*/api/v3/predictions/[^/]+(/result)?");
    private static final Pattern PREDICTIONS_PATH = Pattern.compile(".*/api/v3/predictions(/.*)?");
    private static final Pattern MODEL_PATH = Pattern.compile(".*/api/v3/[^/]+/.+");

    private final ReadGeneration readGeneration;
    private final HttpGuard guard;

    GetGenerationHandler(ReadGeneration readGeneration, HttpGuard guard) {
        this.readGeneration = readGeneration;
        this.guard = guard;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, () -> ROUTES.contains(request.routeKey()) ? read(request) : noRoute(request));
    }

    private JsonNode read(ApiGatewayRequest request) {
        var id = GenerationId.parse(request.pathParameter("id"));
        if (id.isEmpty()) {
            return HttpAnswers.problem(Problem.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits");
        }
        return readGeneration
                .read(id.get(), request.owner())
                .map(reading -> HttpAnswers.ok(GenerationView.of(
                        reading.generation(),
                        reading.position(),
                        PublicAddress.of(request).result(id.get()))))
                .orElseGet(
                        () -> HttpAnswers.problem(Problem.GENERATION_NOT_FOUND, "id", "is not the id of a generation"));
    }

    private JsonNode noRoute(ApiGatewayRequest request) {
        var path = request.rawPath();
        if (RESULT_PATH.matcher(path).matches()) {
            return wrongMethod("GET");
        }
        if (MODEL_PATH.matcher(path).matches()
                && !PREDICTIONS_PATH.matcher(path).matches()) {
            return wrongMethod("POST");
        }
        return HttpAnswers.problem(
                Problem.ROUTE_NOT_FOUND,
                "path",
                "leads nowhere; try POST /api/v3/{model} or GET /api/v3/predictions/{id}/result");
    }

    private JsonNode wrongMethod(String allowed) {
        return HttpAnswers.problem(
                Problem.METHOD_NOT_ALLOWED, "method", "must be " + allowed + " here", Map.of("allow", allowed));
    }
}
