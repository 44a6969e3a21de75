package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.ProviderWord;
import dev.darkroom.application.ProviderWords;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;

/** {@code POST /webhooks/{id}}: the provider tells that a prediction has ended. Its signature is its key. */
@Named("receive-webhook")
@ApplicationScoped
public class ReceiveWebhookHandler implements RequestHandler<JsonNode, JsonNode> {

    private final ProviderWords words;
    private final ReceiveWord receiveWord;
    private final HttpGuard guard;

    ReceiveWebhookHandler(ProviderWords words, ReceiveWord receiveWord, HttpGuard guard) {
        this.words = words;
        this.receiveWord = receiveWord;
        this.guard = guard;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, () -> switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var problem, var violation) -> HttpAnswers.problem(problem, List.of(violation));
            case RequestBytes.Received(var bytes) -> receive(request, bytes);
        });
    }

    private JsonNode receive(ApiGatewayRequest request, byte[] body) {
        return switch (words.read(request.headers(), body)) {
            case ProviderWord.Unexpected() ->
                HttpAnswers.problem(Problem.ROUTE_NOT_FOUND, "path", "leads nowhere: webhooks are off");
            case ProviderWord.Refused(var field, var reason)
            when field.startsWith("webhook-") -> HttpAnswers.problem(Problem.WEBHOOK_REFUSED, field, reason);
            case ProviderWord.Refused(var field, var reason) ->
                HttpAnswers.problem(Problem.INVALID_INPUT, field, reason);
            case ProviderWord.Genuine word -> receive(request, word);
        };
    }

    private JsonNode receive(ApiGatewayRequest request, ProviderWord.Genuine word) {
        var id = GenerationId.parse(request.pathParameter("id"));
        if (id.isEmpty()) {
            return HttpAnswers.problem(Problem.INVALID_ID, "id", "must be 32 lower-case hexadecimal digits");
        }
        return switch (receiveWord.receive(id.get(), word)) {
            case TAKEN -> HttpAnswers.taken();
            case UNKNOWN_GENERATION ->
                HttpAnswers.problem(Problem.GENERATION_NOT_FOUND, "id", "is not the id of a generation");
            case OTHER_PREDICTION ->
                HttpAnswers.problem(
                        Problem.OTHER_PREDICTION, List.of(new Violation("id", "belongs to another prediction")));
        };
    }
}
