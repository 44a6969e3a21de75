package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.CachedResponse;
import jakarta.inject.Singleton;

/** {@code GET /api/v3/models}. It has no parameters, and accepts any query as other reads do. */
@Singleton
public class ModelsEndpoint {

    private final ListModels listModels;

    public ModelsEndpoint(ListModels listModels) {
        this.listModels = listModels;
    }

    ObjectNode answer(ApiGatewayRequest request) {
        return CachedResponse.of(request, ModelView.json(listModels.list()));
    }
}
