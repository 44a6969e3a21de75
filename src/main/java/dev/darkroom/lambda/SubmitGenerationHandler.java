package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/v3/{model}}. */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private final SubmitGeneration submitGeneration;
    private final HttpAnswers answers;

    SubmitGenerationHandler(SubmitGeneration submitGeneration, HttpAnswers answers) {
        this.submitGeneration = submitGeneration;
        this.answers = answers;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        return answers.guard(context, () -> switch (RequestBody.of(event)) {
            case RequestBody.Refused(var problem, var violation) -> answers.problem(problem, List.of(violation));
            case RequestBody.Text(var body) -> submit(event, body);
        });
    }

    private APIGatewayV2HTTPResponse submit(APIGatewayV2HTTPEvent event, String body) {
        var headers = event.getHeaders();
        var keyText = Optional.ofNullable(headers.get("idempotency-key"));
        var key = keyText.flatMap(IdempotencyKey::parse);
        if (keyText.isPresent() && key.isEmpty()) {
            return answers.problem(
                    Problem.INVALID_IDEMPOTENCY_KEY, "Idempotency-Key", "must be 1 to 255 printable ASCII characters");
        }
        // Whoever holds the same key for the API is the same caller; the text itself is hashed, never kept.
        var caller = headers.getOrDefault("authorization", "");
        var model = event.getPathParameters().getOrDefault("model", "");
        return switch (submitGeneration.submit(new Command(caller, model, body, key))) {
            case Submission.Accepted(var generation) ->
                answers.ok(GenerationView.of(generation, PublicAddress.of(event).result(generation.id())));
            case Submission.InvalidInput(var violations) -> answers.problem(Problem.INVALID_INPUT, violations);
            case Submission.UnknownModel(var suggestion) ->
                answers.problem(
                        Problem.MODEL_NOT_FOUND,
                        "model",
                        "is not in the catalogue"
                                + suggestion
                                        .map("; did you mean %s?"::formatted)
                                        .orElse(""));
            case Submission.KeyReused() ->
                answers.problem(
                        Problem.IDEMPOTENCY_KEY_REUSED, "Idempotency-Key", "was used before for another request");
        };
    }
}
