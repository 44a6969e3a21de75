package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.Violation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The start of a generation by a workflow, which tells errors apart by the names of the exceptions. */
@Named("start-generation")
@ApplicationScoped
public class StartGenerationHandler implements RequestHandler<JsonNode, JsonNode> {

    /** Of what workflows start. A key made for this name reads it over HTTP. */
    private static final Owner OWNER = new Owner("step-functions");

    private final SubmitGeneration submitGeneration;
    private final GenerationViews views;
    private final TaskGuard guard;

    StartGenerationHandler(SubmitGeneration submitGeneration, GenerationViews views, TaskGuard guard) {
        this.views = views;
        this.guard = guard;
        this.submitGeneration = submitGeneration;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return guard.run(context, () -> start(StartEvent.of(event), context.getAwsRequestId()));
    }

    private JsonNode start(StartEvent event, String requestId) {
        var caller = new Caller(OWNER, event.taskToken().stream().toList());
        // An asynchronous call may be delivered twice, or be repeated by Lambda; its request id stays the same.
        var key = event.idempotencyKey().or(() -> IdempotencyKey.parse(requestId));
        var command = new Command(caller, event.model(), event.input(), key, Optional.empty());
        return switch (submitGeneration.submit(command)) {
            case Submission.Accepted(var generation, var place) ->
                Json.tree(views.of(generation, place, views.address()));
            case Submission.NotStored(var _, var cause) -> throw cause;
            case Submission.QueueFull _ -> throw new QueueFullException();
            case Submission.InvalidInput(var violations) -> throw new InvalidEventException(message(violations));
            case Submission.UnknownModel unknown -> throw new InvalidEventException("model " + unknown.message());
            case Submission.KeyReused() -> throw new IdempotencyKeyReusedException();
        };
    }

    private static String message(List<Violation> violations) {
        return violations.stream()
                .map(violation -> "input.%s %s".formatted(violation.field(), violation.message()))
                .collect(Collectors.joining("; "));
    }
}
