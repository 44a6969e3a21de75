package dev.darkroom.http.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.openai.OpenAiSubmissions;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import dev.darkroom.http.wavespeed.WaveSpeedSubmissions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * The submissions of all dialects, and the models: this function has the settings of the catalogue and the provider's
 * key, and a caller that asks for them submits next. It also answers every request that matches no route, because some
 * of them are requests whose paths have a slash too many.
 */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final WaveSpeedSubmissions waveSpeed;
    private final OpenAiSubmissions openAi;

    public SubmitGenerationHandler(WaveSpeedSubmissions waveSpeed, OpenAiSubmissions openAi) {
        this.waveSpeed = waveSpeed;
        this.openAi = openAi;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return OpenAiPaths.isOf(request) ? openAi.answer(request, context) : waveSpeed.answer(request, context);
    }
}
