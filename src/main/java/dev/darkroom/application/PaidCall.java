package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Creation;
import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.ImageProvider.Submission;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import dev.darkroom.domain.SubmissionGate.Entry;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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
        this.outcomes = new OutcomeRecorder(context, admission, claims);
    }

    /** Stores a new row, and sends its call if it may be sent now. */
    Entered enter(SubmissionDraft draft) {
        return switch (admission.enter(draft.demand())) {
            case Entry.Admitted _ -> {
                var claim = claims.next(draft.demand().upstreamPath(), context.now());
                var due = claims.firstCheckAfter(claim.attempt().sentAt());
                var row = Generation.submitting(draft.id(), draft.caller(), draft.request(), claim, due);
                yield claim(draft.demand(), () -> create(row))
                        .<Entered>map(Entered.Exists::new)
                        .orElseGet(() -> new Entered.Stored(sendNew(row, draft)));
            }
            case Entry.Queued(var _, var round) -> {
                var row = Generation.queued(draft.id(), draft.caller(), draft.request(), context.now(), round);
                var existing = create(row);
                existing.ifPresentOrElse(_ -> admission.cancel(draft.demand(), round), () -> {
                    context.events().written(row);
                    context.kick().kick(row);
                });
                yield existing.<Entered>map(Entered.Exists::new).orElseGet(() -> new Entered.Stored(row));
            }
            case Entry.QueueFull(var retryAfter) -> new Entered.QueueFull(retryAfter);
        };
    }

    /** The row that exists already. */
    private Optional<Generation> create(Generation row) {
        return OutcomeRecorder.retryOnce(() -> context.store().create(row)) instanceof Creation.Exists(var existing)
                ? Optional.of(existing)
                : Optional.empty();
    }

    /** The row is stored, so from here on the answer is its id: what fails is made up for by a sweep. */
    private Generation sendNew(Generation row, SubmissionDraft draft) {
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

    /** Whether the queued row, the next one of those that wait, may be submitted now; {@code others} more are known to wait. */
    Dequeue admit(Demand demand, State.Queued queued, int others) {
        return admission.tryDequeue(demand, queued.round(), others);
    }

    /** Claims a row that was admitted, and sends its call; returns the row as it is then. */
    Generation submit(Generation row, State.Queued queued, Demand demand) {
        var claim = claims.next(demand.upstreamPath(), context.now());
        var claimed = row.claimed(claim, claims.firstCheckAfter(claim.attempt().sentAt()));
        return claim(demand, () -> update(claimed)).orElseGet(() -> send(claimed, demand, queued, Optional.empty()));
    }

    /** The row as another writer has left it. */
    private Optional<Generation> update(Generation claimed) {
        return OutcomeRecorder.retryOnce(() -> context.store().update(claimed)) instanceof Update.Conflict(var other)
                ? Optional.of(other)
                : Optional.empty();
    }

    /** Writes the claim; what was admitted is given back unless that wins, for then it is not sent. */
    private Optional<Generation> claim(Demand demand, Supplier<Optional<Generation>> write) {
        boolean won = false;
        try {
            var other = write.get();
            won = other.isEmpty();
            return other;
        } finally {
            if (!won) {
                admission.release(demand);
            }
        }
    }

    /** The sweep starts beside the call, so that nobody waits for it. */
    private Generation send(Generation row, Demand demand, State.Queued before, Optional<Instant> answerBy) {
        context.events().written(row);
        var claim = (State.Submitting) row.state();
        // The time is read last: whatever stands still before that must not be sent late.
        var outcome = context.kick()
                .kickBeside(
                        row,
                        () -> claims.timeLeft(claim, answerBy, context.now())
                                .map(timeout -> provider.submit(new Submission(
                                        row.id(),
                                        demand.upstreamPath(),
                                        row.request().input(),
                                        timeout))));
        return outcomes.settle(row, demand, before, outcome);
    }
}
