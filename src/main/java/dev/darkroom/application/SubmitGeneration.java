package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.Model.Validation;
import dev.darkroom.domain.Admission;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.QueuePlace;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Suggestion;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.Violation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Accepts a request, stores it, and submits it. */
public final class SubmitGeneration {

    private final ModelCatalogue catalogue;
    private final GenerationStore store;
    private final AdmissionControl admission;
    private final PaidCall paidCall;
    private final SweepKick kick;
    private final GenerationEvents events;
    private final Supplier<GenerationId> newIds;
    private final InstantSource clock;

    /** {@code newIds} gives each request without an idempotency key an id of its own. */
    public SubmitGeneration(
            ModelCatalogue catalogue,
            GenerationStore store,
            AdmissionControl admission,
            PaidCall paidCall,
            SweepKick kick,
            GenerationEvents events,
            Supplier<GenerationId> newIds,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.store = store;
        this.admission = admission;
        this.paidCall = paidCall;
        this.kick = kick;
        this.events = events;
        this.newIds = newIds;
        this.clock = clock;
    }

    /**
     * What a caller sends.
     *
     * @param caller who calls; idempotency keys of two owners never meet
     * @param model as it stands in the path
     * @param body as it was received
     */
    public record Command(Caller caller, String model, String body, Optional<IdempotencyKey> key) {}

    /** What became of it. */
    public sealed interface Submission {

        /** It is stored, now or earlier under the same key; {@code place} is where it waits, if it does. */
        record Accepted(Generation generation, Optional<QueuePlace> place) implements Submission {}

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

    /** Throws {@link StoreUnavailableException} when the row could not be stored; nothing was submitted then. */
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
                admit(model.get(), new GenerationRequest(id.orElseThrow(), input), command);
        };
    }

    private Submission admit(Model model, GenerationRequest request, Command command) {
        var id = command.key()
                .map(key -> GenerationId.derived(command.caller().owner(), key))
                .orElseGet(newIds);
        int images = model.images(request.input());
        return switch (admission.admit(command.caller().owner(), images)) {
            case Admission.Now _ -> {
                var claimed = paidCall.claimed(id, command.caller(), request);
                yield switch (PaidCall.twice(() -> store.create(claimed))) {
                    case Creation.Created() -> accepted(submitAndKick(claimed, model.upstreamPath()));
                    case Creation.Exists(var existing) -> {
                        admission.handBack(images);
                        yield again(existing, request, command);
                    }
                };
            }
            case Admission.Queued(var _, var turn) -> {
                var waiting = Generation.accepted(id, command.caller(), request, clock.instant(), turn);
                yield switch (PaidCall.twice(() -> store.create(waiting))) {
                    case Creation.Created() -> accepted(kicked(waiting));
                    case Creation.Exists(var existing) -> {
                        admission.turnBack(command.caller().owner(), turn);
                        yield again(existing, request, command);
                    }
                };
            }
            case Admission.QueueFull(var retryAfter) ->
                command.key()
                        .flatMap(_ -> store.find(id))
                        .map(existing -> again(existing, request, command))
                        .orElseGet(() -> new Submission.QueueFull(retryAfter));
            case Admission.NotBefore _ -> throw new IllegalStateException("only who waits already is told a time");
        };
    }

    private Submission accepted(Generation row) {
        return new Submission.Accepted(row, admission.placeOf(row));
    }

    /** The key was used before. */
    private Submission again(Generation existing, GenerationRequest request, Command command) {
        return existing.request().equals(request)
                ? accepted(joined(existing, command.caller().waitingTasks()))
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
            var awaited = current.awaitedBy(task, clock.instant());
            if (store.update(awaited) instanceof Update.Conflict(var other)) {
                current = other;
            } else {
                kick.kick(awaited);
                current = awaited;
            }
        }
        return current;
    }

    /**
     * The kick runs beside the paid call, so that nobody waits for it, and has ended before the function is frozen. The
     * row is stored, so from here on the answer is its id: what fails now is made up for by a sweep.
     */
    private Generation submitAndKick(Generation claimed, String upstreamPath) {
        events.written(claimed);
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            beside.execute(() -> kick.kick(claimed));
            var row = paidCall.send(claimed, upstreamPath, State.Accepted.in(Budget.NO_TURN));
            if (row.isLeftToSweeps()) {
                kick.kick(row);
            }
            return row;
        } catch (StoreUnavailableException e) {
            events.stepFailed(claimed.id(), e);
            return claimed;
        }
    }

    private Generation kicked(Generation waiting) {
        events.written(waiting);
        kick.kick(waiting);
        return waiting;
    }
}
