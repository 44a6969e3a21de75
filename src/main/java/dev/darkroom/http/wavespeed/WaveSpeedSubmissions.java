package dev.darkroom.http.wavespeed;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.KeyRole;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ApiKeyCheck;
import dev.darkroom.http.DryRun;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/** What the function submit-generation serves: submissions, models, prices, the balance, and other paths. */
@Singleton
public class WaveSpeedSubmissions {

    private final SubmissionEndpoints endpoints;
    private final ApiKeyCheck keys;
    private final HttpErrorBoundary boundary;

    public WaveSpeedSubmissions(SubmissionEndpoints endpoints, ApiKeyCheck keys, HttpErrorBoundary boundary) {
        this.endpoints = endpoints;
        this.keys = keys;
        this.boundary = boundary;
    }

    /** The answer to a request of this dialect. */
    public ObjectNode answer(ApiGatewayRequest request, Context context) {
        return boundary.run(context, request, WaveSpeedDialect.INSTANCE, () -> switch (Endpoint.of(request)) {
            case Endpoint.Options(var method) -> HttpResponses.options(method);
            // No route of this function leads here.
            case Endpoint.Document() -> endpoints.noRoute(request, "try GET " + Endpoint.DOCUMENT);
            case Endpoint.Keyed endpoint ->
                keys.run(
                        request,
                        WaveSpeedDialect.INSTANCE,
                        neededRole(request, endpoint),
                        caller -> endpoints.answer(request, context, caller, endpoint));
        });
    }

    private static KeyRole neededRole(ApiGatewayRequest request, Endpoint.Keyed endpoint) {
        return endpoint instanceof Endpoint.Submission ? DryRun.neededRole(request) : endpoint.neededRole();
    }
}
