package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;

/**
 * {@code POST /api/v3/{model}}. It also answers every request that no route takes, because some of them are submissions
 * and results whose paths have a slash too many.
 */
@Named("submit-generation")
@ApplicationScoped
public class SubmitGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    private final SubmitGeneration submitGeneration;
    private final ResultEndpoint result;
    private final GenerationViews views;
    private final HttpGuard guard;

    SubmitGenerationHandler(
            SubmitGeneration submitGeneration, ResultEndpoint result, GenerationViews views, HttpGuard guard) {
        this.submitGeneration = submitGeneration;
        this.result = result;
        this.views = views;
        this.guard = guard;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return guard.run(context, request, () -> switch (Endpoint.of(request)) {
            case Endpoint.Submission(var model) -> submit(request, model);
            case Endpoint.Result(var id) -> result.answer(request, id);
            case Endpoint.WrongMethod(var allowed) -> HttpAnswers.wrongMethod(allowed);
            case Endpoint.Missing(var message) -> HttpAnswers.noRoute(message);
        });
    }

    private ObjectNode submit(ApiGatewayRequest request, String model) {
        var query = SubmissionQuery.violations(request);
        if (!query.isEmpty()) {
            return HttpAnswers.problem(Problem.INVALID_INPUT, query);
        }
        return switch (RequestBody.of(request)) {
            case RequestBody.Refused(var problem, var violation) -> HttpAnswers.problem(problem, List.of(violation));
            case RequestBody.Text(var body) -> submit(request, model, body);
        };
    }

    private ObjectNode submit(ApiGatewayRequest request, String model, String body) {
        return switch (KeyHeader.of(request)) {
            case KeyHeader.Refused(var message) ->
                HttpAnswers.problem(Problem.INVALID_IDEMPOTENCY_KEY, KeyHeader.NAME, message);
            case KeyHeader.Accepted(var key) ->
                // The address first, because nothing may fail any more once the generation is paid for.
                submit(
                        new Command(Caller.of(request.owner()), model, body, key, request.answerBy()),
                        views.address(request));
        };
    }

    private ObjectNode submit(Command command, PublicAddress address) {
        return switch (submitGeneration.submit(command)) {
            case Submission.Accepted(var generation, var place) -> HttpAnswers.ok(views.of(generation, place, address));
            case Submission.NotStored(var id, StoreUnavailableException cause) ->
                guard.failed(cause, HttpAnswers.storeUnavailable(id));
            case Submission.NotStored(var id, var cause) -> guard.failed(cause, HttpAnswers.internalError(id));
            case Submission.QueueFull(var retryAfter) -> HttpAnswers.queueFull(retryAfter);
            case Submission.InvalidInput(var violations) -> HttpAnswers.problem(Problem.INVALID_INPUT, violations);
            case Submission.UnknownModel unknown ->
                HttpAnswers.problem(Problem.MODEL_NOT_FOUND, "model", unknown.message());
            case Submission.KeyReused() ->
                HttpAnswers.problem(
                        Problem.IDEMPOTENCY_KEY_REUSED, KeyHeader.NAME, "was used before for another request");
        };
    }
}
