package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.FunctionUrl;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** All endpoints of the dialect. */
@Singleton
public class Endpoints {

    private final GenerationEndpoint generation;
    private final AsyncEndpoint async;
    private final TaskEndpoint task;
    private final ModelEndpoints models;
    private final FunctionUrl functionUrl;

    public Endpoints(
            GenerationEndpoint generation,
            AsyncEndpoint async,
            TaskEndpoint task,
            ModelEndpoints models,
            FunctionUrl functionUrl) {
        this.generation = generation;
        this.async = async;
        this.task = task;
        this.models = models;
        this.functionUrl = functionUrl;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Owner owner, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Generation() -> generation.answer(request, context, owner);
            case Endpoint.AsyncGeneration() -> async.answer(request, context, owner);
            case Endpoint.Task(var id) -> task.answer(request, owner, id);
            case Endpoint.Models() -> models.list(request);
            case Endpoint.Model(var id) -> models.one(request, id);
            case Endpoint.WrongMethod(var allowed) -> OpenAiDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) ->
                OpenAiDialect.error(ApiError.noRoute(functionUrl.hint(request, message)));
        };
    }
}
