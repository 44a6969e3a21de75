package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.FunctionUrl;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** All endpoints of the dialect. */
@Singleton
public class Endpoints {

    private final SubmissionEndpoints submissions;
    private final TaskEndpoint task;
    private final ModelEndpoints models;
    private final FunctionUrl functionUrl;

    public Endpoints(
            SubmissionEndpoints submissions, TaskEndpoint task, ModelEndpoints models, FunctionUrl functionUrl) {
        this.submissions = submissions;
        this.task = task;
        this.models = models;
        this.functionUrl = functionUrl;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller, Endpoint.Keyed endpoint) {
        return switch (endpoint) {
            case Endpoint.Submitting submission -> submissions.answer(request, context, caller, submission);
            case Endpoint.Task(var id) -> task.answer(request, caller.owner(), id);
            case Endpoint.Models() -> models.list(request);
            case Endpoint.Model(var id) -> models.one(request, id);
            case Endpoint.WrongMethod(var allowed) -> OpenAiDialect.error(ApiError.wrongMethod(allowed));
            case Endpoint.Missing(var message) ->
                OpenAiDialect.error(ApiError.noRoute(functionUrl.hint(request, message)));
        };
    }
}
