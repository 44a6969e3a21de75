package dev.darkroom.http.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.openai.OpenAiReads;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import dev.darkroom.http.usage.UsageEndpoint;
import dev.darkroom.http.wavespeed.WaveSpeedReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What all dialects read of generations, and what they cost. */
@Named("get-generation")
@ApplicationScoped
public class GetGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final WaveSpeedReads waveSpeed;
    private final OpenAiReads openAi;
    private final UsageEndpoint usage;

    public GetGenerationHandler(WaveSpeedReads waveSpeed, OpenAiReads openAi, UsageEndpoint usage) {
        this.waveSpeed = waveSpeed;
        this.openAi = openAi;
        this.usage = usage;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        if (UsageEndpoint.isOf(request)) {
            return usage.answer(request, context);
        }
        return OpenAiPaths.isOf(request) ? openAi.answer(request, context) : waveSpeed.answer(request, context);
    }
}
