package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.domain.GenerationId;
import jakarta.inject.Singleton;

/** {@code GET /api/v3/predictions/{id}/result}. It takes any query: those who poll send one against caches. */
@Singleton
class ResultEndpoint {

    private final ReadGeneration readGeneration;
    private final CallbackAddress gateway;

    ResultEndpoint(ReadGeneration readGeneration, CallbackAddress gateway) {
        this.readGeneration = readGeneration;
        this.gateway = gateway;
    }

    ObjectNode answer(ApiGatewayRequest request, String idText) {
        var id = GenerationId.parse(idText);
        if (id.isEmpty()) {
            return HttpAnswers.problem(Problem.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits");
        }
        return readGeneration
                .read(id.get(), request.owner())
                .map(reading -> HttpAnswers.ok(GenerationView.of(
                        reading.generation(),
                        reading.outlook(),
                        PublicAddress.of(request, gateway).result(id.get()))))
                .orElseGet(
                        () -> HttpAnswers.problem(Problem.GENERATION_NOT_FOUND, "id", "is not the id of a generation"));
    }
}
