package dev.darkroom.core.submission;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.RequestDigest;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepts a request, stores it, and submits it. */
public final class SubmitGeneration {

    private final GenerationContext context;
    private final ModelCatalogue catalogue;
    private final PaidCall paidCall;
    private final AdmissionControls admissions;
    private final NewIds newIds;
    private final Repetitions repetitions;

    /** {@code newIds} gives each request without an idempotency key a new id, and each request its link token. */
    public SubmitGeneration(
            GenerationContext context,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            AdmissionControls admissions,
            NewIds newIds) {
        this.context = context;
        this.catalogue = catalogue;
        this.paidCall = paidCall;
        this.admissions = admissions;
        this.newIds = newIds;
        this.repetitions = new Repetitions(context, catalogue);
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
            this(owner, model, body, key, answerBy, followUps, Metadata.NONE, Optional.empty(), Optional.empty());
        }

        /** Of what is sent; only a request with a key can be repeated. */
        Optional<RequestDigest> digest() {
            return key.map(_ -> RequestDigest.of(model, body));
        }

        /** The same command of a request that arrived at this time. */
        public Command arrivedAt(Optional<Instant> time) {
            return new Command(owner, model, body, key, answerBy, followUps, metadata, time, apiKey);
        }

        /** The same command, sent with this API key. */
        public Command sentWith(ApiKeyId id) {
            return new Command(owner, model, body, key, answerBy, followUps, metadata, arrival, Optional.of(id));
        }

        /** The same command with notes of its caller. */
        public Command with(Metadata notes) {
            return new Command(owner, model, body, key, answerBy, followUps, notes, arrival, apiKey);
        }

        /** A caller that reads the result by itself, so that the row owes it nothing. */
        public Command(
                Owner owner, String model, String body, Optional<IdempotencyKey> key, Optional<Instant> answerBy) {
            this(owner, model, body, key, answerBy, List.of());
        }
    }

    /** The result of a submission. */
    public sealed interface Submission {

        /** The request is stored, now or earlier under the same key; {@code position} is there if it is queued. */
        record Stored(Generation generation, Optional<QueuePosition> position, Notices notices) implements Submission {

            /** A request that there is nothing to say about. */
            public Stored(Generation generation, Optional<QueuePosition> position) {
                this(generation, position, Notices.NONE);
            }
        }

        /**
         * The row may be stored or not; nothing was sent. A {@link StoreUnavailableException} is temporary, any other
         * cause may not be.
         */
        record NotStored(GenerationId id, RuntimeException cause) implements Submission {}

        /** {@code message} says what is wrong with the model, for the caller to read. */
        record UnknownModel(String message) implements Submission {}

        /** The owner has too many requests waiting; {@code retryAfter} is an estimate. */
        record QueueFull(Duration retryAfter) implements Submission {}

        /**
         * The price does not fit into {@code limit}, in whose window {@code use} counts already. Nothing is stored.
         *
         * @param resetsAt when the window ends; empty when it never does
         */
        record OverBudget(SpendLimit limit, BudgetUse use, Optional<Instant> resetsAt) implements Submission {}

        /** A limit applies to the request, and this model has no price for it. Nothing is stored. */
        record Unpriced(ModelId model) implements Submission {}

        record InvalidInput(List<Violation> violations) implements Submission {}

        /** The key was used before, for another request. */
        record KeyReused() implements Submission {}

        /** The key was used before, for a generation that its owner has deleted. Nothing was sent. */
        record Deleted() implements Submission {}
    }

    /** Errors of the store and the provider are results, not exceptions. */
    public Submission submit(Command command) {
        var id = ModelId.parse(command.model());
        var model = id.flatMap(asked -> catalogue.serving(asked, context.now()));
        if (model.isEmpty()) {
            return storedBefore(command)
                    .orElseGet(() -> new Submission.UnknownModel(catalogue.unknown(command.model())));
        }
        return switch (model.get().validate(command.body())) {
            case Validation.Invalid(var violations) ->
                storedBefore(command).orElseGet(() -> new Submission.InvalidInput(violations));
            case Validation.Valid(var input, var copies, var warnings) ->
                withNotices(
                        enter(
                                keepingImages(Repetitions.request(model.get(), input, copies, command)),
                                model.get(),
                                command),
                        Notices.of(id.orElseThrow(), model.get(), warnings));
        };
    }

    /** The generation of this request, if it was stored under its key before the catalogue changed. */
    private Optional<Submission> storedBefore(Command command) {
        var id = idOf(command);
        try {
            return id.flatMap(context.store()::find)
                    .filter(row -> command.digest().isPresent()
                            && command.digest().equals(row.request().sent()))
                    .map(row -> stored(repetitions.joined(row, command.followUps())));
        } catch (RuntimeException e) {
            return Optional.of(new Submission.NotStored(id.orElseThrow(), e));
        }
    }

    private static Optional<GenerationId> idOf(Command command) {
        return command.key().map(key -> GenerationId.derived(command.owner(), key));
    }

    private GenerationRequest keepingImages(GenerationRequest request) {
        return newIds.linkToken().map(request::keepingImages).orElse(request);
    }

    private static Submission withNotices(Submission submission, Notices notices) {
        return submission instanceof Submission.Stored(var row, var position, var _)
                ? new Submission.Stored(row, position, notices)
                : submission;
    }

    private Submission enter(GenerationRequest request, Model model, Command command) {
        var owner = command.owner();
        var id = idOf(command).orElseGet(newIds::next);
        var demand = new Demand(owner, model.upstreamPath(), model.images(request.input()));
        var draft = new SubmissionDraft(
                id,
                request,
                demand,
                command.apiKey(),
                priceOf(model, request),
                command.followUps(),
                command.answerBy(),
                command.arrival());
        try {
            return switch (paidCall.enter(draft)) {
                case Entered.Stored(var row) -> stored(row);
                case Entered.Exists(var existing) -> repeated(existing, draft, command);
                case Entered.OverBudget(var limit, var use) ->
                    new Submission.OverBudget(limit, use, limit.resetsAfter(context.now()));
                case Entered.Unpriced() -> storedOr(new Submission.Unpriced(model.id()), draft, command);
                case Entered.QueueFull(var retryAfter) ->
                    storedOr(new Submission.QueueFull(retryAfter), draft, command);
            };
        } catch (RuntimeException e) {
            // The caller gets the id whatever failed, because the row may be stored and can be read by its id.
            return new Submission.NotStored(id, e);
        }
    }

    private static Optional<Money> priceOf(Model model, GenerationRequest request) {
        var price = model.price(request.input());
        return price.isPresent() ? Optional.of(new Money(price.getAsLong())) : Optional.empty();
    }

    /** The generation that is stored under the command's key, or else this refusal. */
    private Submission storedOr(Submission refusal, SubmissionDraft draft, Command command) {
        return command.key()
                .flatMap(_ -> context.store().find(draft.id()))
                .map(existing -> repeated(existing, draft, command))
                .orElse(refusal);
    }

    private Submission stored(Generation row) {
        var joined = FanIn.forCaller(row, context.store()).generation();
        return new Submission.Stored(joined, admissions.of(row.provider()).positionOf(joined));
    }

    /** The key was used before. Whether a deleted generation had the same request is no longer known. */
    private Submission repeated(Generation existing, SubmissionDraft draft, Command command) {
        if (!existing.isDeleted() && !repetitions.areSame(existing, draft.request(), command)) {
            return new Submission.KeyReused();
        }
        var current = repetitions.joined(existing, draft.followUps());
        return current.isDeleted() ? new Submission.Deleted() : stored(current);
    }
}
