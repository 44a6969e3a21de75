package dev.darkroom.core.generation;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.EventLog.Entry;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.webhook.DeliveryLog;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One accepted request, stored as a row. Every change makes the next version, which the store writes only over the
 * version before.
 *
 * @param version 1 for a new row, one more with every write
 * @param dueAt when a sweep has to check the row. It is null for a queued row, and for a terminal row without
 *     follow-ups; a terminal row with follow-ups is due when the next attempt is. It changes rarely, because each
 *     change costs two writes to the index
 * @param followUps what the row owes once the generation has ended, each kind up to its own limit. A workflow task that
 *     is started again has another token, and no token shows whether its task still waits, so the row keeps all of them
 * @param events what has happened so far; each transition adds its own
 * @param cost what it costs; null when no price was established. The transition that ends the row settles it
 * @param deliveries what became of its webhooks
 */
public record Generation(
        GenerationId id,
        Owner owner,
        GenerationRequest request,
        Instant createdAt,
        long version,
        @Nullable Instant dueAt,
        State state,
        List<FollowUp> followUps,
        EventLog events,
        @Nullable Cost cost,
        DeliveryLog deliveries) {

    /** The longest time between two heartbeats of a workflow's task. */
    public static final Duration MAX_HEARTBEAT_INTERVAL = Duration.ofMinutes(5);

    public Generation {
        followUps = List.copyOf(followUps);
        if (!isDueAsItHasToBe(state, followUps, dueAt)) {
            throw new IllegalArgumentException(
                    "a row is due unless it is queued or terminal; a terminal row is due when its next follow-up is");
        }
        for (var followUp : followUps) {
            var action = followUp.action();
            if (ofKind(action.kind(), followUps).size() > action.maxOfItsKind()) {
                throw new IllegalArgumentException("a row owes at most %d follow-ups of the kind %s"
                        .formatted(action.maxOfItsKind(), action.kind()));
            }
        }
    }

    /** A row without deliveries. */
    public Generation(
            GenerationId id,
            Owner owner,
            GenerationRequest request,
            Instant createdAt,
            long version,
            @Nullable Instant dueAt,
            State state,
            List<FollowUp> followUps,
            EventLog events,
            @Nullable Cost cost) {
        this(id, owner, request, createdAt, version, dueAt, state, followUps, events, cost, DeliveryLog.EMPTY);
    }

    /** A row without a price. */
    public Generation(
            GenerationId id,
            Owner owner,
            GenerationRequest request,
            Instant createdAt,
            long version,
            @Nullable Instant dueAt,
            State state,
            List<FollowUp> followUps,
            EventLog events) {
        this(id, owner, request, createdAt, version, dueAt, state, followUps, events, null);
    }

    /** A row without recorded events. */
    public Generation(
            GenerationId id,
            Owner owner,
            GenerationRequest request,
            Instant createdAt,
            long version,
            @Nullable Instant dueAt,
            State state,
            List<FollowUp> followUps) {
        this(id, owner, request, createdAt, version, dueAt, state, followUps, EventLog.EMPTY);
    }

    /** A row without recorded events that owes nothing after its end. */
    public Generation(
            GenerationId id,
            Owner owner,
            GenerationRequest request,
            Instant createdAt,
            long version,
            @Nullable Instant dueAt,
            State state) {
        this(id, owner, request, createdAt, version, dueAt, state, List.of());
    }

    private static boolean isDueAsItHasToBe(State state, List<FollowUp> followUps, @Nullable Instant dueAt) {
        return switch (state) {
            case State.Queued _ -> dueAt == null;
            case State.Submitting _, State.Unconfirmed _, State.Processing _ -> dueAt != null;
            case State.Completed _, State.Failed _, State.Cancelled _ ->
                Objects.equals(dueAt, FollowUp.earliest(followUps));
        };
    }

    private static List<FollowUp> ofKind(String kind, List<FollowUp> followUps) {
        return followUps.stream()
                .filter(followUp -> followUp.action().kind().equals(kind))
                .toList();
    }

    /** A new row that waits in the queue. */
    public static Generation queued(GenerationId id, Owner owner, GenerationRequest request, Instant now, long round) {
        return created(id, owner, request, null, State.Queued.at(round), Event.QUEUED.at(now));
    }

    /** A new row whose first write is also the claim to send the one paid call. */
    public static Generation submitting(
            GenerationId id, Owner owner, GenerationRequest request, State.Submitting claim, Instant dueAt) {
        return created(id, owner, request, dueAt, claim, claimed(claim));
    }

    private static Generation created(
            GenerationId id,
            Owner owner,
            GenerationRequest request,
            @Nullable Instant dueAt,
            State state,
            Entry entry) {
        return new Generation(id, owner, request, entry.at(), 1, dueAt, state, List.of(), EventLog.EMPTY.with(entry));
    }

    private static Entry claimed(State.Submitting claim) {
        return Event.CLAIMED.at(claim.attempt().sentAt());
    }

    /** The same version, which costs this. */
    public Generation costing(@Nullable Cost known) {
        return Objects.equals(cost, known)
                ? this
                : new Generation(
                        id, owner, request, createdAt, version, dueAt, state, followUps, events, known, deliveries);
    }

    /** What it costs, if its price is known. */
    public Optional<Cost> knownCost() {
        return Optional.ofNullable(cost);
    }

    /** The next version of a row that has ended, which costs what the provider's bill says. */
    public Generation billed(Money amount) {
        if (cost == null || !state.status().isTerminal()) {
            throw new IllegalStateException("only a row with a price that has ended is billed");
        }
        return withFollowUps(followUps).costing(cost.billed(amount, version + 1));
    }

    /** The same version of a new row, whose request arrived at {@code arrival}. */
    public Generation received(Instant arrival) {
        return withEvents(events.startingWith(Event.RECEIVED.at(arrival)));
    }

    /** The provider that every call about this row goes to. */
    public ProviderId provider() {
        return request.provider();
    }

    /** A new row that waits in the queue beside this one, and sends the same input once. It owes nothing. */
    public Generation copy(int number, long round) {
        return copy(number, State.Queued.at(round));
    }

    /** A new row, cancelled, in the place of a copy that will not be sent. */
    public Generation cancelledCopy(int number, Instant now) {
        return neverSent(copy(number, new State.Cancelled(now)));
    }

    /** A new row, failed, in the place of a copy that will not be sent. */
    public Generation failedCopy(int number, Failure failure, Instant now) {
        return neverSent(copy(number, new State.Failed(null, failure, now)));
    }

    private static Generation neverSent(Generation copy) {
        return copy.costing(copy.cost == null ? null : copy.cost.released(copy.version));
    }

    private Generation copy(int number, State first) {
        var copy = new Generation(id.copy(number), owner, request.copyFor(id), createdAt, 1, null, first);
        return copy.costing(cost == null ? null : cost.ofCopy());
    }

    /** The ids of its copies, stored or not, in their order; empty for a request that is sent once. */
    public List<GenerationId> copyIds() {
        return IntStream.range(1, request.copies()).mapToObj(id::copy).toList();
    }

    /** The same version; if its input equals that of {@code other}, with the same text, so that memory holds it once. */
    public Generation sharingInputOf(Generation other) {
        var shared = request.sharingInputOf(other.request);
        return new Generation(id, owner, shared, createdAt, version, dueAt, state, followUps, events, cost, deliveries);
    }

    /** Whether the row is a copy for another one. Callers never see such a row, only the generation. */
    public boolean isCopy() {
        return request.original() != null;
    }

    /** Claims the right to send the one paid call. */
    public Generation claimed(State.Submitting claim, Instant due) {
        return next(due, claim, claimed(claim));
    }

    /**
     * The provider answered the paid call with an id; a sweep polls at {@code checkAt}, or earlier if the row was due
     * earlier.
     */
    public Generation submitted(PredictionId predictionId, Instant now, Instant checkAt) {
        var sooner = dueAt != null && dueAt.isBefore(checkAt) ? dueAt : checkAt;
        var event = state instanceof State.Submitting ? Event.SUBMITTED : Event.ADOPTED;
        return next(sooner, new State.Processing(predictionId, now, attempt().upstreamPath()), event.at(now));
    }

    /** Records the {@link Doubt} about the provider's last answer, or clears it. */
    public Generation processing(State.Processing processing) {
        var doubt = processing.doubt();
        return doubt == null ? next(dueAt, processing) : next(dueAt, processing, Event.DOUBTED.at(doubt.since()));
    }

    /**
     * Returns to the queue: the call certainly created nothing, or may be sent once more. {@code reason} is {@link
     * Event#REFUSED}, {@link Event#REQUEUED} or {@link Event#RESUBMITTED}.
     */
    public Generation queued(State.Queued waiting, Entry reason) {
        var next = next(null, waiting, reason);
        return waiting.earlier() == null || cost == null ? next : next.costing(cost.unconfirmed());
    }

    /**
     * The outcome of the paid call is unknown since {@code now}; a sweep searches the provider's history at {@code
     * checkAt}.
     */
    public Generation unconfirmed(State.Unconfirmed unknown, Instant checkAt, Instant now) {
        return next(checkAt, unknown, Event.UNCONFIRMED.at(now));
    }

    /** Whether the paid call under this claim has no outcome yet, so that the claim's holder may still record it. */
    public boolean isClaimedBy(String claim) {
        return switch (state) {
            case State.Submitting(var held, var _) -> held.claim().equals(claim);
            case State.Unconfirmed(var held, var _) -> held.claim().equals(claim);
            case State.Queued(var _, var _, var earlier) ->
                earlier != null && earlier.claim().equals(claim);
            case State.Processing _, State.Completed _, State.Failed _, State.Cancelled _ -> false;
        };
    }

    /** The attempt at the paid call that created the prediction, if one was created. */
    private Attempt attempt() {
        return switch (state) {
            case State.Submitting(var attempt, var _) -> attempt;
            case State.Unconfirmed(var attempt, var _) -> attempt;
            case State.Queued queued -> Optional.ofNullable(queued.earlier()).orElseThrow();
            case State.Processing _, State.Completed _, State.Failed _, State.Cancelled _ ->
                throw new IllegalStateException("the row has its prediction, or has ended");
        };
    }

    /** Whether the provider has or may have the request and still has to finish it. */
    public boolean isInFlight() {
        return switch (state) {
            case State.Submitting _, State.Unconfirmed _, State.Processing _ -> true;
            case State.Queued _, State.Completed _, State.Failed _, State.Cancelled _ -> false;
        };
    }

    /**
     * Whether the row can be cancelled: the provider certainly has no prediction for it, and none can appear before the
     * row is claimed again.
     */
    public boolean isCancellable() {
        return state instanceof State.Queued queued && queued.earlier() == null;
    }

    /** Whether a sweep has work to do now: the row is queued, or has ended and owes follow-ups. */
    public boolean needsSweep() {
        return state instanceof State.Queued || owesFollowUps();
    }

    /** Whether the generation has ended and the row still owes follow-ups. */
    public boolean owesFollowUps() {
        return state.status().isTerminal() && !followUps.isEmpty();
    }

    /** Whether the row owes this follow-up, now or after its end. */
    public boolean owes(FollowUp.Action action) {
        return followUps.stream().anyMatch(followUp -> followUp.action().equals(action));
    }

    /** Whether this webhook was attempted, whatever became of it. */
    public boolean hasAttempted(FollowUp.Action action) {
        return action instanceof FollowUp.DeliverWebhook(var webhook)
                && deliveries.of(webhook).isPresent();
    }

    /** Whether the row has as many webhooks, delivered or not, as it may have. */
    public boolean hasAllWebhooks() {
        var targets = new HashSet<>(pendingWebhooks());
        deliveries.deliveries().forEach(delivery -> targets.add(delivery.target()));
        return targets.size() >= DeliveryLog.MAX_DELIVERIES;
    }

    /** The targets of webhooks that the row owes. */
    public List<WebhookTarget> pendingWebhooks() {
        return followUps.stream()
                .map(FollowUp::action)
                .filter(FollowUp.DeliverWebhook.class::isInstance)
                .map(action -> ((FollowUp.DeliverWebhook) action).webhook())
                .toList();
    }

    /** The same version, with what is known of its webhooks. */
    public Generation with(DeliveryLog known) {
        return new Generation(id, owner, request, createdAt, version, dueAt, state, followUps, events, cost, known);
    }

    /** The workflow tasks that get heartbeats until the generation ends; empty from then on. */
    public List<NotifyTask> waitingTasks() {
        return state.status().isTerminal()
                ? List.of()
                : followUps.stream()
                        .map(FollowUp::action)
                        .filter(NotifyTask.class::isInstance)
                        .map(NotifyTask.class::cast)
                        .toList();
    }

    /** Whether the prediction's id is not known yet. */
    public boolean hasNoPrediction() {
        return switch (state) {
            case State.Queued _, State.Submitting _, State.Unconfirmed _ -> true;
            case State.Processing _, State.Completed _, State.Failed _, State.Cancelled _ -> false;
        };
    }

    /** Whether the row, still processing or ended, has this prediction. */
    public boolean hasPrediction(PredictionId prediction) {
        return switch (state) {
            case State.Processing processing -> processing.predictionId().equals(prediction);
            case State.Completed completed -> completed.predictionId().equals(prediction);
            case State.Failed failed -> prediction.equals(failed.predictionId());
            case State.Queued _, State.Submitting _, State.Unconfirmed _, State.Cancelled _ -> false;
        };
    }

    /** Why the generation ended without images; empty while it runs, and when it has images. */
    public Optional<Failure> failure() {
        return switch (state) {
            case State.Failed failed -> Optional.of(failed.failure());
            case State.Cancelled _ -> Optional.of(Failure.CANCELLED);
            case State.Queued _, State.Submitting _, State.Unconfirmed _, State.Processing _, State.Completed _ ->
                Optional.empty();
        };
    }

    /** The row owes a copy of each image that is at the provider only, if the gateway keeps images. */
    public Generation completed(State.Completed completed) {
        var ended = ended(
                request.keepsImages() ? OwedImages.withoutExcess(completed) : completed,
                request.keepsImages() ? OwedImages.copies(completed) : List.of(),
                Event.COMPLETED.at(completed.finishedAt()));
        return cost == null
                ? ended
                : ended.costing(cost.charged(completed.outputs().size(), ended.version));
    }

    /** Fails a row that may be billed, unless it waits in the queue and was never sent. */
    public Generation failed(Failure failure, Instant now) {
        return isCancellable() ? rejected(failure, now) : failed(failure, now, Cost::unconfirmed);
    }

    /** Fails a row whose last call certainly created nothing. */
    public Generation rejected(Failure failure, Instant now) {
        return failed(failure, now, held -> held.released(version + 1));
    }

    private Generation failed(Failure failure, Instant now, UnaryOperator<Cost> settling) {
        var predictionId = state instanceof State.Processing processing ? processing.predictionId() : null;
        var ended = ended(new State.Failed(predictionId, failure, now), List.of(), Event.FAILED.at(now));
        return cost == null ? ended : ended.costing(settling.apply(cost));
    }

    /** Throws an {@link IllegalStateException} unless the row {@link #isCancellable}. */
    public Generation cancelled(Instant now) {
        if (!isCancellable()) {
            throw new IllegalStateException("the provider has or may have the request, or the row has ended");
        }
        var ended = ended(new State.Cancelled(now), List.of(), Event.CANCELLED.at(now));
        return cost == null ? ended : ended.costing(cost.released(ended.version));
    }

    /** Whether its owner has deleted it. The row remains: its idempotency key and its prediction stay taken. */
    public boolean isDeleted() {
        return request.isErased();
    }

    /**
     * Whether the index of its owner has it: the row of a request until its deletion, and any deleted row until its cost
     * is settled, because the comparison with the bill finds rows there.
     */
    public boolean isListed() {
        return isDeleted() ? knownCost().filter(cost -> !cost.isSettled()).isPresent() : !isCopy();
    }

    /** Whether it can be deleted: it has ended, owes at most copies of its images, and is not deleted yet. */
    public boolean isDeletable() {
        return state.status().isTerminal()
                && followUps.stream().allMatch(owed -> owed.action().endsWithDeletion())
                && !isDeleted();
    }

    /**
     * The next version, without prompt, metadata, addresses and facts of images, and error text. What accounting needs
     * remains: owner, model, outcome, prediction, number of images, and times. It owes the deletion of images that the
     * gateway keeps.
     */
    public Generation deleted(Instant now) {
        if (!isDeletable()) {
            throw new IllegalStateException("only a generation that has ended and owes nothing can be deleted");
        }
        var owed = request.keepsImages() && state instanceof State.Completed completed
                ? OwedImages.deletion(completed, now)
                : List.<FollowUp>of();
        return new Generation(
                id,
                owner,
                request.erased(),
                createdAt,
                version + 1,
                FollowUp.earliest(owed),
                state.erased(),
                owed,
                events,
                cost,
                DeliveryLog.EMPTY);
    }

    /** The same version of a new row, which owes these follow-ups from the start. */
    public Generation owing(Collection<? extends FollowUp.Action> actions) {
        var owed =
                actions.stream().map(action -> FollowUp.of(action, createdAt)).toList();
        return new Generation(id, owner, request, createdAt, version, dueAt, state, owed, events, cost, deliveries);
    }

    /** The next version, which owes one more follow-up; when it owes too many of a kind, the oldest is dropped. */
    public Generation withFollowUp(FollowUp.Action action, Instant now) {
        var owed = new ArrayList<>(followUps);
        var ofItsKind = ofKind(action.kind(), followUps);
        if (ofItsKind.size() == action.maxOfItsKind()) {
            owed.remove(ofItsKind.getFirst());
        }
        owed.add(FollowUp.of(action, now));
        return withFollowUps(owed);
    }

    /** The next version, which owes this follow-up as if it had never been attempted. */
    public Generation owingAnew(FollowUp.Action action, Instant now) {
        var owed = new ArrayList<>(followUps.stream()
                .filter(followUp -> !followUp.action().equals(action))
                .toList());
        owed.add(FollowUp.of(action, now));
        return withFollowUps(owed);
    }

    /** The next version, which no longer owes these follow-ups. */
    public Generation without(Collection<? extends FollowUp.Action> actions) {
        return withFollowUps(followUps.stream()
                .filter(followUp -> !actions.contains(followUp.action()))
                .toList());
    }

    /** The next version, which owes exactly these follow-ups. Of the other fields only the due time may change. */
    public Generation withFollowUps(List<FollowUp> owed) {
        var due = state.status().isTerminal() ? FollowUp.earliest(owed) : dueAt;
        return new Generation(id, owner, request, createdAt, version + 1, due, state, owed, events, cost, deliveries);
    }

    /** The same version, in which the copy of an image has become known; the outcome stays as it is. */
    public Generation with(int number, ImageCopy copy) {
        if (!(state instanceof State.Completed completed)) {
            throw new IllegalStateException("only a completed generation has images");
        }
        return new Generation(
                id,
                owner,
                request,
                createdAt,
                version,
                dueAt,
                completed.with(number, copy),
                followUps,
                events,
                cost,
                deliveries);
    }

    /** The same version with further events. They are recorded when this version or the next one is written. */
    public Generation noted(Collection<Entry> further) {
        var log = events;
        for (var entry : further) {
            log = log.with(entry);
        }
        return withEvents(log);
    }

    private Generation withEvents(EventLog log) {
        return new Generation(id, owner, request, createdAt, version, dueAt, state, followUps, log, cost, deliveries);
    }

    /** The same version, due in time for the next heartbeat if a task waits for it. */
    public Generation withHeartbeatDue(Instant now) {
        return waitingTasks().isEmpty() ? this : dueNoLaterThan(now.plus(MAX_HEARTBEAT_INTERVAL));
    }

    /** The same version, due at {@code latest} or earlier. */
    public Generation dueNoLaterThan(Instant latest) {
        return dueAt == null || !dueAt.isAfter(latest)
                ? this
                : new Generation(
                        id, owner, request, createdAt, version, latest, state, followUps, events, cost, deliveries);
    }

    /**
     * The next version, due at {@code until}. A row that has ended waits for its copies until then: a task cannot be
     * notified before, so its time limit begins there.
     */
    public Generation postponed(Instant until) {
        return state.status().isTerminal()
                ? withFollowUps(followUps.stream()
                        .map(followUp -> followUp.postponed(until))
                        .toList())
                : next(until, state);
    }

    /** The row stays due until it owes nothing. {@code further} is what it owes because of how it ended. */
    private Generation ended(State following, List<? extends FollowUp.Action> further, Entry entry) {
        // A row that is due already stays where it is: another due time would cost two writes of the index.
        var first = further.isEmpty() || dueAt == null || dueAt.isAfter(entry.at()) ? entry.at() : dueAt;
        var owed = Stream.concat(
                        followUps.stream().filter(followUp -> concerns(followUp, following)),
                        further.stream().map(action -> FollowUp.of(action, entry.at())))
                .map(followUp -> followUp.started(entry.at(), first))
                .toList();
        return next(FollowUp.earliest(owed), following, owed, events.with(entry));
    }

    /** How a generation with copies ends is not known before all of them have. */
    private boolean concerns(FollowUp followUp, State following) {
        return request.copies() > 1 || followUp.action().concerns(following.status());
    }

    private Generation next(@Nullable Instant due, State following) {
        return next(due, following, followUps, events);
    }

    private Generation next(@Nullable Instant due, State following, Entry entry) {
        return next(due, following, followUps, events.with(entry));
    }

    private Generation next(@Nullable Instant due, State following, List<FollowUp> owed, EventLog log) {
        if (state.status().isTerminal()) {
            throw new IllegalStateException("a terminal row never changes again");
        }
        return new Generation(id, owner, request, createdAt, version + 1, due, following, owed, log, cost, deliveries);
    }
}
