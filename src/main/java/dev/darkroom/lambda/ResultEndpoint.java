package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.domain.GenerationId;
import jakarta.inject.Singleton;

/** {@code GET /api/v3/predictions/{id}/result}. It takes any query: those who poll send one against caches. */
@Singleton
class ResultEndpoint {

    private final ReadGeneration readGeneration;
    private final GenerationViews views;

    ResultEndpoint(ReadGeneration readGeneration, GenerationViews views) {
        this.readGeneration = readGeneration;
        this.views = views;
    }

    ObjectNode answer(ApiGatewayRequest request, String idText) {
        var id = GenerationId.parse(idText);
        if (id.isEmpty()) {
            return HttpAnswers.problem(Problem.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits");
        }
        return readGeneration
                .read(id.get(), request.owner())
                .map(reading ->
                        HttpAnswers.ok(views.of(reading.generation(), reading.position(), views.address(request))))
                .orElseGet(
                        () -> HttpAnswers.problem(Problem.GENERATION_NOT_FOUND, "id", "is not the id of a generation"));
    }
}
