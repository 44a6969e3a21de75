package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.CachedResponse;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.openai.wire.ModelsAnswer;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. They accept any query, as other reads do. */
@Singleton
public class ModelEndpoints {

    private final ListModels listModels;
    private final ModelCatalogue catalogue;

    public ModelEndpoints(ListModels listModels, ModelCatalogue catalogue) {
        this.listModels = listModels;
        this.catalogue = catalogue;
    }

    ObjectNode list(ApiGatewayRequest request) {
        return CachedResponse.of(request, ModelsAnswer.json(listModels.list()));
    }

    ObjectNode one(ApiGatewayRequest request, String id) {
        return listModels.list().stream()
                .filter(model -> model.id().value().equals(id))
                .findFirst()
                .map(model -> CachedResponse.of(request, ModelsAnswer.json(model)))
                .orElseGet(() ->
                        OpenAiDialect.error(ApiError.of(ErrorCode.MODEL_NOT_FOUND, "model", catalogue.unknown(id))));
    }
}
