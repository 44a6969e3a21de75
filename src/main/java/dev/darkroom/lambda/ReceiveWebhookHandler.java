package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.ProviderWord;
import dev.darkroom.application.ProviderWords;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Violation;
import dev.darkroom.lambda.Metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.MDC;

/** {@code POST /webhooks/{id}}: the provider tells that a prediction has ended. Its signature is its key. */
@Named("receive-webhook")
@ApplicationScoped
public class ReceiveWebhookHandler implements RequestHandler<JsonNode, JsonNode> {

    private final ProviderWords words;
    private final ReceiveWord receiveWord;
    private final HttpGuard guard;
    private final Metrics metrics;

    ReceiveWebhookHandler(ProviderWords words, ReceiveWord receiveWord, HttpGuard guard, Metrics metrics) {
        this.words = words;
        this.receiveWord = receiveWord;
        this.guard = guard;
        this.metrics = metrics;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, request, () -> switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var problem, var violation) -> refused(problem, violation);
            case RequestBytes.Received(var bytes) -> receive(request, bytes);
        });
    }

    private ObjectNode receive(ApiGatewayRequest request, byte[] body) {
        return switch (words.read(request.headers(), body)) {
            case ProviderWord.Unexpected() -> HttpAnswers.noRoute("webhooks are off");
            case ProviderWord.Refused(var field, var reason) ->
                refused(
                        field.startsWith("webhook-") ? Problem.WEBHOOK_REFUSED : Problem.INVALID_INPUT,
                        new Violation(field, reason));
            case ProviderWord.Genuine word -> receive(request, word);
        };
    }

    private ObjectNode receive(ApiGatewayRequest request, ProviderWord.Genuine word) {
        var id = GenerationId.parse(request.pathParameter("id"));
        if (id.isEmpty()) {
            return refused(Problem.INVALID_ID, new Violation("id", "must be 32 lower-case hexadecimal digits"));
        }
        MDC.put("generationId", id.get());
        return switch (receiveWord.receive(id.get(), word)) {
            case TAKEN -> HttpAnswers.taken();
            case UNKNOWN_GENERATION ->
                refused(Problem.GENERATION_NOT_FOUND, new Violation("id", "is not the id of a generation"));
            case OTHER_PREDICTION ->
                refused(Problem.OTHER_PREDICTION, new Violation("id", "belongs to another prediction"));
        };
    }

    private ObjectNode refused(Problem problem, Violation violation) {
        metrics.count(Metric.WEBHOOKS_REFUSED);
        return HttpAnswers.problem(problem, List.of(violation));
    }
}
