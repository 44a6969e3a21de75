package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.RequestDigest;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Accepts a request, stores it, and submits it. */
public final class SubmitGeneration {

    private final GenerationContext context;
    private final ModelCatalogue catalogue;
    private final PaidCall paidCall;
    private final AdmissionControls admissions;
    private final NewIds newIds;
    private final Repetitions repetitions;
    private final StandingFollowUps standing;

    /** {@code newIds} gives each request without an idempotency key a new id, and each request its link token. */
    public SubmitGeneration(
            GenerationContext context,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            AdmissionControls admissions,
            NewIds newIds) {
        this(context, catalogue, paidCall, admissions, newIds, StandingFollowUps.NONE);
    }

    private SubmitGeneration(
            GenerationContext context,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            AdmissionControls admissions,
            NewIds newIds,
            StandingFollowUps standing) {
        this.context = context;
        this.catalogue = catalogue;
        this.paidCall = paidCall;
        this.admissions = admissions;
        this.newIds = newIds;
        this.repetitions = new Repetitions(context, catalogue);
        this.standing = standing;
    }

    /** The same, whose rows owe these follow-ups as well. */
    public SubmitGeneration owing(StandingFollowUps further) {
        return new SubmitGeneration(context, catalogue, paidCall, admissions, newIds, further);
    }

    /**
     * What a caller sends.
     *
     * @param owner the same idempotency key of two owners names two requests
     * @param model as in the path
     * @param body as it was received
     * @param answerBy when the caller has to be answered; empty when none waits
     * @param followUps what the row owes the caller once the generation has ended. A repeated request adds its
     *     follow-ups to the row, even if the generation has ended before
     * @param metadata the caller's notes; those of a repeated request are ignored
     * @param arrival when the request arrived at the endpoint; empty when it did not come from one
     * @param calls how often the request is sent as it is, 1 or more; a model that draws in place of another one may
     *     multiply it
     * @param apiKey the API key that it was sent with, whose budget it counts in; empty for a request of a workflow
     */
    public record Command(
            Owner owner,
            String model,
            String body,
            Optional<IdempotencyKey> key,
            Optional<Instant> answerBy,
            List<FollowUp.Action> followUps,
            Metadata metadata,
            Optional<Instant> arrival,
            int calls,
            Optional<ApiKeyId> apiKey) {

        public Command {
            followUps = List.copyOf(followUps);
        }

        /** A request without metadata that did not come from the endpoint. */
        public Command(
                Owner owner,
                String model,
                String body,
                Optional<IdempotencyKey> key,
                Optional<Instant> answerBy,
                List<FollowUp.Action> followUps) {
            this(owner, model, body, key, answerBy, followUps, Metadata.NONE, Optional.empty(), 1, Optional.empty());
        }

        /** Of what is sent; only a request with a key can be repeated. */
        Optional<RequestDigest> digest() {
            return key.map(_ -> RequestDigest.of(model, calls == 1 ? body : calls + " times " + body));
        }

        /** The same command of a request that arrived at this time. */
        public Command arrivedAt(Optional<Instant> time) {
            return new Command(owner, model, body, key, answerBy, followUps, metadata, time, calls, apiKey);
        }

        /** The same command with this body. */
        public Command withBody(String text) {
            return new Command(owner, model, text, key, answerBy, followUps, metadata, arrival, calls, apiKey);
        }

        /** The same command, sent with this API key. */
        public Command sentWith(ApiKeyId id) {
            return new Command(owner, model, body, key, answerBy, followUps, metadata, arrival, calls, Optional.of(id));
        }

        /** The same command, whose row owes these as well. */
        public Command owing(List<? extends FollowUp.Action> further) {
            var all = Stream.concat(followUps.stream(), further.stream()).toList();
            return new Command(owner, model, body, key, answerBy, all, metadata, arrival, calls, apiKey);
        }

        /** The same command with notes of its caller. */
        public Command with(Metadata notes) {
            return new Command(owner, model, body, key, answerBy, followUps, notes, arrival, calls, apiKey);
        }

        /** The same command, sent this often, each time for as many images. */
        public Command times(int often) {
            return new Command(owner, model, body, key, answerBy, followUps, metadata, arrival, often, apiKey);
        }

        /** A caller that reads the result by itself, so that the row owes it nothing. */
        public Command(
                Owner owner, String model, String body, Optional<IdempotencyKey> key, Optional<Instant> answerBy) {
            this(owner, model, body, key, answerBy, List.of());
        }
    }

    /** The result of a submission. */
    public sealed interface Submission {

        /**
         * The request is stored; {@code position} is there if it is queued.
         *
         * @param repeated whether an earlier request was stored under the same key or id, and this one only repeats it
         */
        record Stored(Generation generation, Optional<QueuePosition> position, Notices notices, boolean repeated)
                implements Submission {}

        /**
         * The row may be stored or not; nothing was sent. A {@link StoreUnavailableException} is temporary, any other
         * cause may not be.
         */
        record NotStored(GenerationId id, RuntimeException cause) implements Submission {}

        /** Nothing was stored or sent because of this request. */
        sealed interface Refusal extends Submission {}

        /** {@code message} says what is wrong with the model, for the caller to read. */
        record UnknownModel(String message) implements Refusal {}

        /** The owner has too many requests waiting; {@code retryAfter} is an estimate. */
        record QueueFull(Duration retryAfter) implements Refusal {}

        /**
         * The price does not fit into {@code limit}, in whose window {@code use} counts already.
         *
         * @param resetsAt when the window ends; empty when it never does
         */
        record OverBudget(SpendLimit limit, BudgetUse use, Optional<Instant> resetsAt) implements Refusal {}

        /** A limit applies to the request, and this model has no price for it. */
        record Unpriced(ModelId model) implements Refusal {}

        record InvalidInput(List<Violation> violations) implements Refusal {}

        /** The key was used before, for another request. */
        record KeyReused() implements Refusal {}

        /** The key was used before, for a generation that its owner has deleted. Nothing was sent. */
        record Deleted() implements Refusal {}
    }

    /** Errors of the store and the provider are results, not exceptions. */
    public Submission submit(Command command) {
        return switch (prepare(command)) {
            case Preparation.Refused(var refusal, var dependsOnCatalogue) ->
                dependsOnCatalogue ? storedBefore(command).orElse(refusal) : refusal;
            case Preparation.Prepared(var request) ->
                submit(request, idOf(command).orElseGet(newIds::next));
        };
    }

    /** Checks the command; stores and sends nothing. */
    public Preparation prepare(Command command) {
        var id = ModelId.parse(command.model());
        var model = id.flatMap(asked -> catalogue.serving(asked, context.now()));
        if (model.isEmpty()) {
            return new Preparation.Refused(new Submission.UnknownModel(catalogue.unknown(command.model())), true);
        }
        var problems = command.followUps().stream()
                .flatMap(asked -> standing.problem(asked).stream())
                .toList();
        if (!problems.isEmpty()) {
            return new Preparation.Refused(new Submission.InvalidInput(problems), false);
        }
        return switch (model.get().validate(command.body())) {
            case Validation.Invalid(var violations) ->
                new Preparation.Refused(new Submission.InvalidInput(violations), true);
            case Validation.Valid(var input, var copies, var warnings) -> {
                var request = Repetitions.request(model.get(), input, copies, command);
                yield new Preparation.Prepared(new PreparedRequest(
                        command.owing(command.apiKey().map(standing::of).orElse(List.of())),
                        model.get(),
                        newIds.linkToken().map(request::keepingImages).orElse(request),
                        Notices.of(id.orElseThrow(), model.get(), warnings)));
            }
        };
    }

    /** The generation of this request, if it was stored under its key before the catalogue changed. */
    private Optional<Submission> storedBefore(Command command) {
        var id = idOf(command);
        try {
            return id.flatMap(context.store()::find)
                    .filter(row -> command.digest().isPresent()
                            && command.digest().equals(row.request().sent()))
                    .map(row -> joined(row, command, Notices.NONE));
        } catch (RuntimeException e) {
            return Optional.of(new Submission.NotStored(id.orElseThrow(), e));
        }
    }

    private static Optional<GenerationId> idOf(Command command) {
        return command.key().map(key -> GenerationId.derived(command.owner(), key));
    }

    /** Submits the request under an id that is its own; a row with this id is from an earlier request. */
    public Submission submit(PreparedRequest request, GenerationId id) {
        try {
            return switch (paidCall.enter(request.draft(id).owing(standing.ofEveryRow()))) {
                case Entered.Stored(var row) -> stored(row, request.notices(), false);
                case Entered.Exists(var existing) -> repeated(existing, request);
                case Entered.OverBudget(var refusal) ->
                    storedOr(
                            new Submission.OverBudget(refusal.limit(), refusal.use(), refusal.resetsAt()), id, request);
                case Entered.Unpriced() ->
                    storedOr(new Submission.Unpriced(request.model().id()), id, request);
                case Entered.QueueFull(var retryAfter) -> storedOr(new Submission.QueueFull(retryAfter), id, request);
            };
        } catch (RuntimeException e) {
            // The caller gets the id whatever failed, because the row may be stored and can be read by its id.
            return new Submission.NotStored(id, e);
        }
    }

    /** The generation that is stored under the command's key, or else this refusal. */
    private Submission storedOr(Submission refusal, GenerationId id, PreparedRequest request) {
        return request.command()
                .key()
                .flatMap(_ -> context.store().find(id))
                .map(existing -> repeated(existing, request))
                .orElse(refusal);
    }

    /** The same where an earlier request has most likely stored the row: it is read first, which costs less. */
    public Submission resume(PreparedRequest request, GenerationId id) {
        try {
            return context.store()
                    .find(id)
                    .map(existing -> repeated(existing, request))
                    .orElseGet(() -> submit(request, id));
        } catch (RuntimeException e) {
            return new Submission.NotStored(id, e);
        }
    }

    private Submission stored(Generation row, Notices notices, boolean repeated) {
        var joined = FanIn.forCaller(row, context.store()).generation();
        return new Submission.Stored(joined, admissions.of(row.provider()).positionOf(joined), notices, repeated);
    }

    /** The key was used before. Whether a deleted generation had the same request is no longer known. */
    private Submission repeated(Generation existing, PreparedRequest request) {
        if (!existing.isDeleted() && !repetitions.areSame(existing, request.request(), request.command())) {
            return new Submission.KeyReused();
        }
        return joined(existing, request.command(), request.notices());
    }

    /** Nothing is stored when the row cannot owe what the request asks for. */
    private Submission joined(Generation existing, Command command, Notices notices) {
        var problem = repetitions.problem(existing, command);
        if (problem.isPresent()) {
            return new Submission.InvalidInput(List.of(problem.get()));
        }
        var current = repetitions.joined(existing, command);
        return current.isDeleted() ? new Submission.Deleted() : stored(current, notices, true);
    }
}
