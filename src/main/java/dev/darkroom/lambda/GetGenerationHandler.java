package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
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
public class GetGenerationHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final Set<String> ROUTES =
            Set.of("GET /api/v3/predictions/{id}", "GET /api/v3/predictions/{id}/result");
    private static final Pattern RESULT_PATH = Pattern.compile(".*/api/v3/predictions/[^/]+(/result)?");
    private static final Pattern PREDICTIONS_PATH = Pattern.compile(".*/api/v3/predictions(/.*)?");
    private static final Pattern MODEL_PATH = Pattern.compile(".*/api/v3/[^/]+/.+");

    private final ReadGeneration readGeneration;
    private final HttpAnswers answers;

    GetGenerationHandler(ReadGeneration readGeneration, HttpAnswers answers) {
        this.readGeneration = readGeneration;
        this.answers = answers;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return answers.guard(context, () -> ROUTES.contains(event.getRouteKey()) ? read(event) : noRoute(event));
    }

    private APIGatewayV2HTTPResponse read(APIGatewayV2HTTPEvent event) {
        var id = GenerationId.parse(event.getPathParameters().getOrDefault("id", ""));
        if (id.isEmpty()) {
            return answers.problem(Problem.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits");
        }
        return readGeneration
                .read(id.get())
                .map(generation -> answers.ok(
                        GenerationView.of(generation, PublicAddress.of(event).result(generation.id()))))
                .orElseGet(() -> answers.problem(Problem.GENERATION_NOT_FOUND, "id", "is not the id of a generation"));
    }

    private APIGatewayV2HTTPResponse noRoute(APIGatewayV2HTTPEvent event) {
        var path = event.getRawPath();
        if (RESULT_PATH.matcher(path).matches()) {
            return wrongMethod("GET");
        }
        if (MODEL_PATH.matcher(path).matches()
                && !PREDICTIONS_PATH.matcher(path).matches()) {
            return wrongMethod("POST");
        }
        return answers.problem(
                Problem.ROUTE_NOT_FOUND,
                "path",
                "leads nowhere; try POST /api/v3/{model} or GET /api/v3/predictions/{id}/result");
    }

    private APIGatewayV2HTTPResponse wrongMethod(String allowed) {
        return answers.problem(
                Problem.METHOD_NOT_ALLOWED, "method", "must be " + allowed + " here", Map.of("allow", allowed));
    }
}
