package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.DryRun;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.openai.wire.OpenAiDialect;
import jakarta.inject.Singleton;

/** What the function submit-generation serves: every endpoint, and other paths. */
@Singleton
public class OpenAiSubmissions {

    private final Endpoints endpoints;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public OpenAiSubmissions(Endpoints endpoints, ApiKeyCheck keys, HttpErrorBoundary boundary) {
        this.endpoints = endpoints;
        this.keys = keys;
        this.boundary = boundary;
    }

    /** The answer to a request of this dialect. */
    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        return boundary.run(context, request, OpenAiDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            case Endpoint.Keyed endpoint ->
                keys.run(
                        request,
                        OpenAiDialect.INSTANCE,
                        neededRole(request, endpoint),
                        caller -> endpoints.answer(request, context, caller, endpoint));
        });
    }

    private static KeyRole neededRole(ApiGatewayRequest request, Endpoint.Keyed endpoint) {
        return endpoint instanceof Endpoint.Submitting ? DryRun.neededRole(request) : endpoint.neededRole();
    }
}
