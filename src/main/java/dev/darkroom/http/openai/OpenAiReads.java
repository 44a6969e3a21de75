package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** What the function get-generation serves: tasks. */
@Singleton
public class OpenAiReads {

    private final TaskEndpoint task;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public OpenAiReads(TaskEndpoint task, ApiKeyCheck keys, HttpErrorBoundary boundary) {
        this.task = task;
        this.keys = keys;
        this.boundary = boundary;
    }

    /** The answer to a request of this dialect. */
    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        return boundary.run(context, request, OpenAiDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            case Endpoint.Keyed endpoint ->
                keys.run(request, OpenAiDialect.INSTANCE, caller -> answer(request, caller.owner(), endpoint));
        });
    }

    private ObjectNode answer(ApiGatewayRequest request, Owner owner, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Task(var id) -> task.answer(request, owner, id);
            case Endpoint.WrongMethod(var allowed) -> OpenAiDialect.error(ApiError.wrongMethod(allowed));
            // No route of this function leads to these.
            case Endpoint.Submitting _, Endpoint.Models _, Endpoint.Model _, Endpoint.Missing _ ->
                OpenAiDialect.error(ApiError.noRoute("this function only reads tasks"));
        };
    }
}
