package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.Model.Validation;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.QueuePosition;
import dev.darkroom.domain.SubmissionGate.Demand;
import dev.darkroom.domain.Suggestion;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Accepts a request, stores it, and submits it. */
public final class SubmitGeneration {

    private final GenerationContext context;
    private final ModelCatalogue catalogue;
    private final PaidCall paidCall;
    private final AdmissionControl admission;
    private final Supplier<GenerationId> newIds;

    /** {@code newIds} gives each request without an idempotency key an id of its own. */
    public SubmitGeneration(
            GenerationContext context,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            AdmissionControl admission,
            Supplier<GenerationId> newIds) {
        this.context = context;
        this.catalogue = catalogue;
        this.paidCall = paidCall;
        this.admission = admission;
        this.newIds = newIds;
    }

    /**
     * What a caller sends.
     *
     * @param caller who calls; idempotency keys of two owners never meet
     * @param model as it stands in the path
     * @param body as it was received
     * @param answerBy when the caller has to be answered; empty when none waits
     */
    public record Command(
            Caller caller, String model, String body, Optional<IdempotencyKey> key, Optional<Instant> answerBy) {}

    /** What became of it. */
    public sealed interface Submission {

        /** It is stored, now or earlier under the same key; {@code position} is where it waits, if it does. */
        record Accepted(Generation generation, Optional<QueuePosition> position) implements Submission {}

        /** The row may be stored or not; nothing was sent. A {@link StoreUnavailableException} passes, any other cause may not. */
        record NotStored(GenerationId id, RuntimeException cause) implements Submission {}

        record UnknownModel(Optional<String> suggestion) implements Submission {

            /** What is wrong with the model, for the caller to read. */
            public String message() {
                return "is not in the catalogue"
                        + suggestion.map("; did you mean %s?"::formatted).orElse("");
            }
        }

        /** The owner has too many requests waiting; {@code retryAfter} is a guess. */
        record QueueFull(Duration retryAfter) implements Submission {}

        record InvalidInput(List<Violation> violations) implements Submission {}

        /** The key was used before, for another request. */
        record KeyReused() implements Submission {}
    }

    /** Never throws for what the store or the provider does. */
    public Submission submit(Command command) {
        var id = ModelId.parse(command.model());
        var model = id.flatMap(catalogue::find);
        if (model.isEmpty()) {
            var known = catalogue.ids().stream().map(ModelId::value).toList();
            return new Submission.UnknownModel(Suggestion.nearest(command.model(), known));
        }
        return switch (model.get().validate(command.body())) {
            case Validation.Invalid(var violations) -> new Submission.InvalidInput(violations);
            case Validation.Valid(var input) ->
                enter(new GenerationRequest(id.orElseThrow(), input), model.get(), command);
        };
    }

    private Submission enter(GenerationRequest request, Model model, Command command) {
        var owner = command.caller().owner();
        var id = command.key().map(key -> GenerationId.derived(owner, key)).orElseGet(newIds);
        var demand = new Demand(owner, model.upstreamPath(), model.images(request.input()));
        var draft = new SubmissionDraft(id, command.caller(), request, demand, command.answerBy());
        try {
            return switch (paidCall.enter(draft)) {
                case Entered.Stored(var row) -> accepted(row);
                case Entered.Exists(var existing) -> again(existing, draft);
                case Entered.QueueFull(var retryAfter) ->
                    command.key()
                            .flatMap(_ -> context.store().find(id))
                            .map(existing -> again(existing, draft))
                            .orElseGet(() -> new Submission.QueueFull(retryAfter));
            };
        } catch (RuntimeException e) {
            // Whatever it was, the caller gets the id: what was stored can be found by it.
            return new Submission.NotStored(id, e);
        }
    }

    private Submission accepted(Generation row) {
        return new Submission.Accepted(row, admission.positionOf(row));
    }

    /** The key was used before. */
    private Submission again(Generation existing, SubmissionDraft draft) {
        return existing.request().equals(draft.request())
                ? accepted(joined(existing, draft.caller().waitingTasks()))
                : new Submission.KeyReused();
    }

    /** A task that starts what was started already waits for it as well. */
    private Generation joined(Generation existing, List<TaskToken> tasks) {
        var current = existing;
        for (var task : tasks) {
            current = joined(current, task);
        }
        return current;
    }

    private Generation joined(Generation existing, TaskToken task) {
        var current = existing;
        while (!current.caller().waitingTasks().contains(task)) {
            var awaited = current.awaitedBy(task, context.now());
            if (context.store().update(awaited) instanceof Update.Conflict(var other)) {
                current = other;
            } else {
                context.kick().kick(awaited);
                current = awaited;
            }
        }
        return current;
    }
}
