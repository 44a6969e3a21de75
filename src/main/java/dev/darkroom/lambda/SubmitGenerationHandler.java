package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import org.jboss.logging.Logger;

/** {@code POST /api/v3/{model}}. */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private static final Logger LOG = Logger.getLogger(SubmitGenerationHandler.class);

    private final SubmitGeneration submitGeneration;
    private final HttpGuard guard;

    SubmitGenerationHandler(SubmitGeneration submitGeneration, HttpGuard guard) {
        this.submitGeneration = submitGeneration;
        this.guard = guard;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, () -> switch (RequestBody.of(request)) {
            case RequestBody.Refused(var problem, var violation) -> HttpAnswers.problem(problem, List.of(violation));
            case RequestBody.Text(var body) -> submit(request, body);
        });
    }

    private JsonNode submit(ApiGatewayRequest request, String body) {
        // First, because nothing may fail any more once the generation is paid for.
        var address = PublicAddress.of(request);
        var keyText = request.header("idempotency-key");
        var key = keyText.flatMap(IdempotencyKey::parse);
        if (keyText.isPresent() && key.isEmpty()) {
            return HttpAnswers.problem(
                    Problem.INVALID_IDEMPOTENCY_KEY, "Idempotency-Key", "must be 1 to 255 printable ASCII characters");
        }
        var caller = Caller.of(request.owner());
        var model = request.pathParameter("model");
        return switch (submitGeneration.submit(new Command(caller, model, body, key, request.answerBy()))) {
            case Submission.Accepted(var generation, var place) ->
                HttpAnswers.ok(GenerationView.of(generation, place, address.result(generation.id())));
            case Submission.NotStored(var id, var cause) -> {
                LOG.error("request-failed", cause);
                yield HttpAnswers.storeUnavailable();
            }
            case Submission.QueueFull(var retryAfter) -> HttpAnswers.queueFull(retryAfter);
            case Submission.InvalidInput(var violations) -> HttpAnswers.problem(Problem.INVALID_INPUT, violations);
            case Submission.UnknownModel unknown ->
                HttpAnswers.problem(Problem.MODEL_NOT_FOUND, "model", unknown.message());
            case Submission.KeyReused() ->
                HttpAnswers.problem(
                        Problem.IDEMPOTENCY_KEY_REUSED, "Idempotency-Key", "was used before for another request");
        };
    }
}
