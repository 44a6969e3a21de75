package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.GenerationRequest;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The one call that costs money: it is claimed by a conditional write, sent once, and its outcome is stored. */
public final class PaidCall {

    private static final Duration SUBMISSION = Duration.ofSeconds(10);

    private final GenerationStore store;
    private final ImageProvider provider;
    private final AdmissionControl admission;
    private final GenerationEvents events;
    private final TaskHeartbeat heartbeat;
    private final Timings timings;
    private final Supplier<String> newClaims;
    private final InstantSource clock;

    /** {@code newClaims} names each claim uniquely. */
    public PaidCall(
            GenerationStore store,
            ImageProvider provider,
            AdmissionControl admission,
            GenerationEvents events,
            WorkflowTasks tasks,
            Timings timings,
            Supplier<String> newClaims,
            InstantSource clock) {
        this.store = store;
        this.provider = provider;
        this.admission = admission;
        this.events = events;
        this.heartbeat = new TaskHeartbeat(tasks, clock);
        this.timings = timings;
        this.newClaims = newClaims;
        this.clock = clock;
    }

    /** A new row that is claimed by being stored. */
    Generation claimed(GenerationId id, Caller caller, GenerationRequest request) {
        return Generation.submitting(
                id, caller, request, clock.instant(), timings.firstLook(), newClaims.get(), timings.claimTimeout());
    }

    /** The stored row, claimed if it is stored so. */
    Generation claimed(Generation accepted) {
        return accepted.claimed(newClaims.get(), clock.instant(), timings.firstLook(), timings.claimTimeout());
    }

    /**
     * Sends the call of a row whose claim was just stored.
     *
     * @param before what the row was, or would have been: so it waits when the provider refuses it so that nothing was created
     * @return the row as it is then
     */
    Generation send(Generation claimed, String upstreamPath, State.Accepted before) {
        var claim = (State.Submitting) claimed.state();
        return switch (provider.submit(new ImageProvider.Submission(
                claimed.id(), upstreamPath, claimed.request().input(), SUBMISSION))) {
            case SubmitOutcome.Created(var prediction) -> {
                var current = created(claimed, claim, prediction);
                admission.accepted(claim.claimedAt());
                yield current;
            }
            case SubmitOutcome.Rejected(var failure) -> {
                var now = clock.instant();
                var current = conclude(claimed, claim, open -> open.failed(failure, now));
                admission.accepted(claim.claimedAt());
                yield current;
            }
            case SubmitOutcome.NotCreated(var retryAfter, var reason) -> {
                events.providerUnclear(claimed.id(), reason);
                var turn = turnAfterRefusal(claimed, before.turn(), retryAfter, claim.claimedAt());
                var waiting = before.refused(turn, reason, clock.instant());
                yield conclude(claimed, claim, open -> again(open, waiting));
            }
            case SubmitOutcome.Unknown(var reason) -> {
                var current = unknown(claimed, claim, reason);
                admission.unclear(claim.claimedAt());
                yield current;
            }
        };
    }

    /** Without the budget it waits as well: before all others. */
    private long turnAfterRefusal(Generation claimed, long turn, @Nullable Duration retryAfter, Instant sentAt) {
        try {
            return admission.refused(claimed.caller().owner(), turn, retryAfter, sentAt);
        } catch (StoreUnavailableException e) {
            events.stepFailed(claimed.id(), e);
            return turn;
        }
    }

    /** But not for ever. */
    private Generation again(Generation open, State.Accepted waiting) {
        var now = clock.instant();
        boolean refusedLong = waiting.refusal() != null
                && !now.isBefore(waiting.refusal().since().plus(timings.submitGiveUp()));
        return refusedLong ? open.failed(Failure.NEVER_SUBMITTED, now) : open.queued(waiting);
    }

    /**
     * The prediction is taken for the row first, so that no other row can adopt it. When one has done so already, this
     * row's own prediction is still to be found.
     */
    private Generation created(Generation claimed, State.Submitting claim, PredictionId prediction) {
        var now = clock.instant();
        UnaryOperator<Generation> submitted = open -> open.submitted(prediction, now, now.plus(timings.firstLook()));
        if (!stubbornly(() -> store.take(prediction, claimed.id(), Optional.empty()), submitted.apply(claimed))) {
            return unknown(claimed, claim, "another row has adopted its prediction");
        }
        return conclude(claimed, claim, submitted);
    }

    /** The history is asked for the first time when the provider has had a moment to show the prediction there. */
    private Generation unknown(Generation claimed, State.Submitting claim, String reason) {
        events.providerUnclear(claimed.id(), reason);
        var look = clock.instant().plus(timings.firstLook());
        var giveUpAt = claim.claimedAt().plus(timings.unconfirmedGiveUp());
        var unconfirmed = new State.Unconfirmed(claim.claim(), claim.claimedAt(), giveUpAt, reason);
        return conclude(claimed, claim, open -> open.unconfirmed(unconfirmed, look));
    }

    /**
     * Stores how the paid call ended. Only the holder of the claim knows it, so it is stored even over the opinion of a
     * sweep that the claim was lost, but never over anybody else's claim.
     */
    private Generation conclude(Generation claimed, State.Submitting claim, UnaryOperator<Generation> outcome) {
        var next = heartbeat.dueForIt(outcome.apply(claimed));
        while (update(next) instanceof Update.Conflict(var current)) {
            if (!current.isOpenUnder(claim.claim())) {
                return current;
            }
            next = heartbeat.dueForIt(outcome.apply(current));
        }
        events.written(next);
        return next;
    }

    private Update update(Generation next) {
        return stubbornly(() -> store.update(next), next);
    }

    /** Tries twice, and then at least says what was to be stored. */
    private <T> T stubbornly(Supplier<T> write, Generation next) {
        try {
            return twice(write);
        } catch (StoreUnavailableException e) {
            events.notStored(next, e);
            throw e;
        }
    }

    /**
     * Tries once more than the store does by itself. A claim that was written although the store did not say so would be one
     * that nobody uses, and its row would be searched for in vain.
     */
    static <T> T twice(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreUnavailableException _) {
            return write.get();
        }
    }
}
