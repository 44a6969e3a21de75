package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.ImageProvider.Submission;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.QueuePosition;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import dev.darkroom.domain.SubmissionGate.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one way to the call that costs money: it asks whether the call may be sent, claims the row by a conditional write, sends
 * the call once and stores the outcome. No other class calls {@link ImageProvider#submit}.
 */
public final class PaidCall {

    private final GenerationContext context;
    private final ImageProvider provider;
    private final AdmissionControl admission;
    private final Claims claims;
    private final OutcomeRecorder outcomes;

    public PaidCall(GenerationContext context, ImageProvider provider, AdmissionControl admission, Claims claims) {
        this.context = context;
        this.provider = provider;
        this.admission = admission;
        this.claims = claims;
        this.outcomes = new OutcomeRecorder(context, claims);
    }

    /** Stores a new row, and sends its call if it may be sent now. */
    Entered enter(SubmissionDraft draft) {
        return switch (admission.enter(draft.demand())) {
            case Entry.Admitted _ -> enterAdmitted(draft);
            case Entry.Queued(var _, var round) -> {
                var row = Generation.queued(draft.id(), draft.caller(), draft.request(), context.now(), round);
                yield switch (OutcomeRecorder.retryOnce(() -> context.store().create(row))) {
                    case Creation.Created() -> {
                        context.events().written(row);
                        context.kick().kick(row);
                        yield new Entered.Stored(row);
                    }
                    case Creation.Exists(var existing) -> {
                        admission.cancel(draft.demand(), round);
                        yield new Entered.Exists(existing);
                    }
                };
            }
            case Entry.QueueFull(var retryAfter) -> new Entered.QueueFull(retryAfter);
        };
    }

    private Entered enterAdmitted(SubmissionDraft draft) {
        boolean sent = false;
        try {
            var claim = claims.next(draft.demand().upstreamPath(), context.now());
            var due = claims.firstCheckAfter(claim.attempt().sentAt());
            var row = Generation.submitting(draft.id(), draft.caller(), draft.request(), claim, due);
            if (OutcomeRecorder.retryOnce(() -> context.store().create(row)) instanceof Creation.Exists(var existing)) {
                return new Entered.Exists(existing);
            }
            sent = true;
            return new Entered.Stored(sendNew(row, draft));
        } finally {
            if (!sent) {
                admission.release(draft.demand());
            }
        }
    }

    /** The row is stored, so from here on the answer is its id: what fails is made up for by a sweep. */
    private Generation sendNew(Generation row, SubmissionDraft draft) {
        context.events().written(row);
        try {
            var after = send(row, draft.demand(), State.Queued.at(0), draft.answerBy());
            if (after.state() instanceof State.Queued) {
                context.kick().kick(after);
            }
            return after;
        } catch (RuntimeException e) {
            context.events().stepFailed(row.id(), e);
            return row;
        }
    }

    /** Where a row waits; empty when it does not, or when that is not known at the moment: it never throws. */
    Optional<QueuePosition> positionOf(Generation row) {
        return admission.positionOf(row);
    }

    /** Whether the queued row, the next one of those that wait, may be submitted now. */
    Dequeue admit(Demand demand, State.Queued queued) {
        return admission.tryDequeue(demand, queued.round());
    }

    /** Claims a row that was admitted, and sends its call; returns the row as it is then. */
    Generation submit(Generation row, Demand demand) {
        boolean sent = false;
        try {
            if (!(row.state() instanceof State.Queued queued)) {
                return row;
            }
            var claim = claims.next(demand.upstreamPath(), context.now());
            var claimed =
                    row.claimed(claim, claims.firstCheckAfter(claim.attempt().sentAt()));
            if (OutcomeRecorder.retryOnce(() -> context.store().update(claimed))
                    instanceof Update.Conflict(var other)) {
                return other;
            }
            sent = true;
            context.events().written(claimed);
            return send(claimed, demand, queued, Optional.empty());
        } finally {
            if (!sent) {
                admission.release(demand);
            }
        }
    }

    /** What was queued is over without a submission. */
    void leaveQueue(State.Queued queued) {
        admission.leave(queued.round());
    }

    /** Whether no request waits, not even one that the index does not show yet. */
    boolean isQueueDrained() {
        return admission.drained();
    }

    int queueLength() {
        return admission.queueLength();
    }

    /** The sweep starts beside the call, so that nobody waits for it. */
    private Generation send(Generation row, Demand demand, State.Queued before, Optional<Instant> answerBy) {
        var claim = (State.Submitting) row.state();
        var sentAt = claim.attempt().sentAt();
        // The time is read last: whatever stands still before that must not be sent late.
        var outcome = context.kick()
                .kickBeside(
                        row,
                        () -> claims.timeLeft(claim, answerBy, context.now())
                                .map(timeout -> call(row, demand, timeout)));
        if (outcome.isEmpty()) {
            admission.release(demand);
            long round = requeued(row, demand, before);
            return outcomes.record(row, open -> open.queued(before.in(round)));
        }
        return switch (outcome.get()) {
            case SubmitOutcome.Created(var prediction) -> {
                var after = outcomes.recordCreated(row, prediction);
                admission.onAnswer(demand, sentAt);
                yield after;
            }
            case SubmitOutcome.Rejected(var failure) -> {
                var after = outcomes.record(row, open -> open.failed(failure, context.now()));
                admission.onAnswer(demand, sentAt);
                kickForTasks(after);
                yield after;
            }
            case SubmitOutcome.NotCreated(var retryAfter, var reason) -> {
                context.events().providerUnclear(row.id(), reason);
                admission.onRefusal(demand, retryAfter, sentAt);
                var refused = before.in(requeued(row, demand, before)).refused(reason, context.now());
                yield outcomes.record(row, open -> open.queued(refused));
            }
            case SubmitOutcome.Unknown(var reason) -> {
                var after = outcomes.recordUnknown(row, reason);
                admission.onUnknown(demand);
                yield after;
            }
        };
    }

    private SubmitOutcome call(Generation row, Demand demand, Duration timeout) {
        return provider.submit(
                new Submission(row.id(), demand.upstreamPath(), row.request().input(), timeout));
    }

    /** Without the gate it keeps its place: before all others if it had none. */
    private long requeued(Generation row, Demand demand, State.Queued before) {
        try {
            return admission.requeue(demand, before.round());
        } catch (StoreUnavailableException e) {
            context.events().stepFailed(row.id(), e);
            return before.round();
        }
    }

    /** A workflow's task waits to be notified of the end. */
    void kickForTasks(Generation row) {
        if (row.state().status().isTerminal() && row.dueAt() != null) {
            context.kick().kick(row);
        }
    }
}
