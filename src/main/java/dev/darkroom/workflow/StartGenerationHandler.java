package dev.darkroom.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.BudgetExceededException;
import dev.darkroom.errors.IdempotencyKeyReusedException;
import dev.darkroom.errors.InvalidEventException;
import dev.darkroom.errors.QueueFullException;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts a generation for a workflow, which distinguishes errors by the names of the exceptions. */
@Named("start-generation")
@ApplicationScoped
public class StartGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    /** The owner of generations that workflows start. An API key of this owner reads them over HTTP. */
    private static final Owner OWNER = new Owner("step-functions");

    private final SubmitGeneration submitGeneration;
    private final GenerationViews views;
    private final WorkflowErrorBoundary boundary;

    public StartGenerationHandler(
            SubmitGeneration submitGeneration, GenerationViews views, WorkflowErrorBoundary boundary) {
        this.views = views;
        this.boundary = boundary;
        this.submitGeneration = submitGeneration;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return boundary.run(context, () -> start(StartEvent.of(event), context.getAwsRequestId()));
    }

    private JsonNode start(StartEvent event, String requestId) {
        var followUps = event.taskToken().<FollowUp.Action>map(FollowUp.NotifyTask::new).stream()
                .toList();
        // An asynchronous call may be delivered twice, or be repeated by Lambda; its request id stays the same.
        var key = event.idempotencyKey().or(() -> IdempotencyKey.parse(requestId));
        var command = new Command(OWNER, event.model(), event.input(), key, Optional.empty(), followUps);
        return switch (submitGeneration.submit(command)) {
            case Submission.Stored(var generation, var position, var notices, var _) ->
                views.json(generation, position, notices);
            case Submission.NotStored(var _, var cause) -> throw cause;
            case Submission.QueueFull _ -> throw new QueueFullException();
            case Submission.OverBudget(var limit, var _, var resetsAt) ->
                throw new BudgetExceededException(message(limit, resetsAt));
            case Submission.Unpriced(var model) ->
                throw new BudgetExceededException("model %s has no price, and a budget applies".formatted(model));
            case Submission.InvalidInput(var violations) -> throw new InvalidEventException(message(violations));
            case Submission.UnknownModel unknown -> throw new InvalidEventException("model " + unknown.message());
            case Submission.KeyReused() -> throw new IdempotencyKeyReusedException();
            case Submission.Deleted() ->
                throw new IdempotencyKeyReusedException("idempotencyKey was used before for a deleted generation");
        };
    }

    private static String message(SpendLimit limit, Optional<Instant> resetsAt) {
        return "the price does not fit into the budget of %s dollars for %s%s"
                .formatted(
                        limit.max(),
                        limit.scope(),
                        resetsAt.map(" until %s"::formatted).orElse(""));
    }

    private static String message(List<Violation> violations) {
        return violations.stream()
                .map(violation -> "input.%s %s".formatted(violation.field(), violation.message()))
                .collect(Collectors.joining("; "));
    }
}
