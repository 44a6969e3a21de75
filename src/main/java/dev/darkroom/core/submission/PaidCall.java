package dev.darkroom.core.submission;

import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Entry;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.store.RepeatedWrite;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The only way to the paid call. It asks the provider's gate whether the call may be sent, claims the row by a
 * conditional write, sends the call once and stores the outcome. No other class calls {@link ImageProvider#submit}.
 */
public final class PaidCall {

    private final GenerationContext context;
    private final ImageProviders providers;
    private final AdmissionControls admissions;
    private final Claims claims;
    private final SpendLimits limits;
    private final NewRows rows;
    private final OutcomeRecorder outcomes;

    public PaidCall(
            GenerationContext context,
            ImageProviders providers,
            AdmissionControls admissions,
            Claims claims,
            SpendLimits limits) {
        this.context = context;
        this.providers = providers;
        this.admissions = admissions;
        this.claims = claims;
        this.limits = limits;
        this.rows = new NewRows(context, admissions);
        this.outcomes = new OutcomeRecorder(context, providers, admissions, claims);
    }

    /** Stores a new row, with its price held, and sends its call if it may be sent now. */
    Entered enter(SubmissionDraft draft) {
        var applicable = limits.of(draft.key());
        if (!applicable.isEmpty() && draft.price().isEmpty()) {
            return new Entered.Unpriced();
        }
        var exceeded = draft.priceOfAll().flatMap(price -> limits.exceeded(applicable, price));
        if (exceeded.isPresent()) {
            return new Entered.OverBudget(exceeded.get());
        }
        var entered = enter(draft, applicable);
        switch (entered) {
            case Entered.Stored(var row) ->
                limits.accepted(applicable, draft.priceOfAll().orElse(Money.ZERO), row.createdAt());
            case Entered.OverBudget(var refusal) -> limits.refused(refusal);
            case Entered.Exists _, Entered.Unpriced _, Entered.QueueFull _ -> {}
        }
        return entered;
    }

    private Entered enter(SubmissionDraft draft, List<SpendLimit> applicable) {
        var provider = draft.request().provider();
        var admission = admissions.of(provider);
        return switch (admission.enter(draft.demand())) {
            case Entry.Admitted _
            when draft.request().copies() > 1 -> {
                // The sweep of the queue stores the copies before the first call is sent.
                admission.release(draft.demand());
                yield enqueue(draft, applicable, admission.requeue(draft.demand(), 0));
            }
            case Entry.Admitted _ -> {
                var claim = claims.next(draft.demand().upstreamPath(), context.now());
                var due = firstCheckAfter(claim, provider, draft.id());
                var row = draft.complete(
                        Generation.submitting(draft.id(), draft.demand().owner(), draft.request(), claim, due),
                        applicable);
                yield claim(provider, draft.demand(), () -> rows.create(row, applicable))
                        .orElseGet(() -> new Entered.Stored(sendNew(row, draft)));
            }
            case Entry.Queued(var _, var round) -> enqueue(draft, applicable, round);
            case Entry.QueueFull(var retryAfter) -> new Entered.QueueFull(retryAfter);
        };
    }

    private Entered enqueue(SubmissionDraft draft, List<SpendLimit> applicable, long round) {
        var owner = draft.demand().owner();
        var row =
                draft.complete(Generation.queued(draft.id(), owner, draft.request(), context.now(), round), applicable);
        var refusal = rows.create(row, applicable);
        refusal.ifPresentOrElse(_ -> admissions.of(draft.request().provider()).cancelRound(owner, round), () -> {
            context.listener().stateChanged(row);
            context.trigger().triggerFor(row);
        });
        return refusal.orElseGet(() -> new Entered.Stored(row));
    }

    /** The row is stored, so from here on the caller gets its id: after a failure a sweep continues. */
    private Generation sendNew(Generation row, SubmissionDraft draft) {
        try {
            var after = send(row, draft.demand(), State.Queued.at(0), draft.answerBy());
            if (after.state() instanceof State.Queued) {
                context.trigger().triggerFor(after);
            }
            return after;
        } catch (RuntimeException e) {
            context.listener().stepFailed(row.id(), e);
            return row;
        }
    }

    /** Claims a row that was admitted, and sends its call; returns the row afterwards. */
    public Generation submit(Generation row, State.Queued queued, Demand demand) {
        var claim = claims.next(demand.upstreamPath(), context.now());
        var claimed = row.claimed(claim, firstCheckAfter(claim, row.provider(), row.id()));
        return claim(row.provider(), demand, () -> {
                    rows.storeCopies(row, queued);
                    return update(claimed);
                })
                .orElseGet(() -> send(claimed, demand, queued, Optional.empty()));
    }

    private Instant firstCheckAfter(State.Submitting claim, ProviderId provider, GenerationId row) {
        boolean webhook = providers.callbackFor(provider, row).isPresent();
        return claims.firstCheckAfter(claim.attempt().sentAt(), webhook);
    }

    /** Returns the row of another writer that was first. */
    private Optional<Generation> update(Generation claimed) {
        return RepeatedWrite.retryOnce(() -> context.store().update(claimed)) instanceof Update.Conflict(var other)
                ? Optional.of(other)
                : Optional.empty();
    }

    /** Writes the claim. If the claim is not written, the call is not sent and its share of the rate is given back. */
    private <T> Optional<T> claim(ProviderId provider, Demand demand, Supplier<Optional<T>> write) {
        boolean won = false;
        try {
            var other = write.get();
            won = other.isEmpty();
            return other;
        } finally {
            if (!won) {
                admissions.of(provider).release(demand);
            }
        }
    }

    /** The sweep is triggered while the call runs, so that the caller does not wait for the trigger. */
    private Generation send(Generation row, Demand demand, State.Queued before, Optional<Instant> answerBy) {
        context.listener().stateChanged(row);
        var claim = (State.Submitting) row.state();
        var provider = providers.of(row);
        // The time is read last, so that a process that was frozen before does not send the call late.
        var outcome = context.trigger()
                .triggerBeside(
                        row,
                        () -> claims.timeLeft(claim, answerBy, context.now())
                                .map(timeout -> provider.submit(new Submission(
                                        row.id(),
                                        demand.upstreamPath(),
                                        row.request().input(),
                                        providers.callbackFor(row.provider(), row.id()),
                                        timeout))));
        return outcomes.recordOutcome(row, demand, before, outcome);
    }
}
