package dev.darkroom.http.openai;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.DryRun;
import jakarta.inject.Singleton;

/** The endpoints that take a request for images. */
@Singleton
public class SubmissionEndpoints {

    private final GenerationEndpoint generation;
    private final AsyncEndpoint async;
    private final QuoteEndpoint quote;

    public SubmissionEndpoints(GenerationEndpoint generation, AsyncEndpoint async, QuoteEndpoint quote) {
        this.generation = generation;
        this.async = async;
        this.quote = quote;
    }

    ObjectNode answer(ApiGatewayRequest request, Context context, Caller caller, Endpoint.Submitting endpoint) {
        if (DryRun.isWanted(request)) {
            return quote.answer(request, caller);
        }
        return switch (endpoint) {
            case Endpoint.Generation() -> generation.answer(request, context, caller);
            case Endpoint.AsyncGeneration() -> async.answer(request, context, caller);
        };
    }
}
