package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.PollSpacing;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Advances one row by one step. Whoever triggers a step calls this; triggers that overlap are harmless, because each
 * step ends in a conditional write and the later one finds that the row has moved on.
 */
public final class AdvanceGeneration {

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private final GenerationStore store;
    private final ImageProvider provider;
    private final ModelCatalogue catalogue;
    private final GenerationEvents events;
    private final Timings timings;
    private final Supplier<String> newClaims;
    private final InstantSource clock;

    /** {@code newClaims} names each claim uniquely. */
    public AdvanceGeneration(
            GenerationStore store,
            ImageProvider provider,
            ModelCatalogue catalogue,
            GenerationEvents events,
            Timings timings,
            Supplier<String> newClaims,
            InstantSource clock) {
        this.store = store;
        this.provider = provider;
        this.catalogue = catalogue;
        this.events = events;
        this.timings = timings;
        this.newClaims = newClaims;
        this.clock = clock;
    }

    /** Takes the step that the row needs now, if it needs one. */
    public Advanced advance(Generation generation) {
        var now = clock.instant();
        return switch (NextStep.of(generation, now)) {
            case NextStep.Submit(var accepted) -> submit(generation, accepted, now);
            case NextStep.LoseClaim() -> write(generation.unconfirmed(now.plus(timings.unconfirmedGiveUp())));
            case NextStep.Poll(var processing) -> poll(generation, processing);
            case NextStep.GiveUp(var failure) -> write(generation.failed(failure, now));
            case NextStep.Wait _, NextStep.None _ -> look(generation);
        };
    }

    /** Takes the row out of the sweeps' sight until then. */
    public void postpone(Generation generation, Instant until) {
        store.update(generation.postponed(until));
    }

    private Advanced submit(Generation generation, State.Accepted accepted, Instant now) {
        var model = catalogue.find(generation.request().model());
        if (model.isEmpty()) {
            return write(generation.failed(
                    new Failure("model_not_found", "the model was removed before the request was submitted"), now));
        }
        var claim = generation.claimed(newClaims.get(), now.plus(timings.claimTimeout()));
        if (store.update(claim) instanceof Update.Conflict(var current)) {
            return look(current);
        }
        events.written(claim);
        var outcome =
                provider.submit(model.get().upstreamPath(), generation.request().input());
        var answered = clock.instant();
        return conclude(
                claim,
                switch (outcome) {
                    case SubmitOutcome.Created(var predictionId) -> row -> row.submitted(predictionId, answered);
                    case SubmitOutcome.Rejected(var failure) -> row -> row.failed(failure, answered);
                    case SubmitOutcome.NotCreated(var retryAfter) -> {
                        int refusals = accepted.refusals() + 1;
                        var submitAt = answered.plus(retryAfter == null ? backoff(refusals) : retryAfter);
                        yield row -> row.refused(refusals, submitAt, accepted.giveUpAt());
                    }
                    case SubmitOutcome.Unknown() -> row -> row.unconfirmed(answered.plus(timings.unconfirmedGiveUp()));
                });
    }

    /**
     * Stores how the paid call ended. Only the holder of the claim knows it, so it is stored even over the opinion of a
     * sweep that the claim was lost.
     */
    private Advanced conclude(Generation claim, UnaryOperator<Generation> outcome) {
        var next = outcome.apply(claim);
        while (store.update(next) instanceof Update.Conflict(var current)) {
            if (!(current.state() instanceof State.Submitting) && !(current.state() instanceof State.Unconfirmed)) {
                return look(current);
            }
            next = outcome.apply(current);
        }
        events.written(next);
        return look(next);
    }

    private Advanced poll(Generation generation, State.Processing processing) {
        var outcome = provider.poll(processing.predictionId());
        var now = clock.instant();
        return switch (outcome) {
            case PollOutcome.Succeeded(var outputs, var inference) ->
                write(generation.completed(new State.Completed(processing.predictionId(), outputs, inference, now)));
            case PollOutcome.Failed(var failure) -> write(generation.failed(failure, now));
            case PollOutcome.Running() -> look(generation);
            case PollOutcome.Missing() ->
                now.isBefore(processing.submittedAt().plus(timings.predictionVisible()))
                        ? look(generation)
                        : write(generation.failed(Failure.PREDICTION_GONE, now));
            case PollOutcome.Unavailable(var retryAfter) -> notBefore(look(generation), retryAfter, now);
        };
    }

    private Advanced write(Generation next) {
        return switch (store.update(next)) {
            case Update.Written() -> {
                events.written(next);
                yield look(next);
            }
            case Update.Conflict(var current) -> look(current);
        };
    }

    private Advanced look(Generation generation) {
        var now = clock.instant();
        Optional<Instant> next = switch (NextStep.of(generation, now)) {
            case NextStep.Wait(var until) -> Optional.of(until);
            case NextStep.Poll(var processing) ->
                Optional.of(now.plus(PollSpacing.after(Duration.between(processing.submittedAt(), now))));
            case NextStep.Submit _, NextStep.LoseClaim _, NextStep.GiveUp _ -> Optional.of(now);
            case NextStep.None _ -> Optional.empty();
        };
        return new Advanced(generation, next);
    }

    private static Advanced notBefore(Advanced advanced, @Nullable Duration retryAfter, Instant now) {
        if (retryAfter == null) {
            return advanced;
        }
        var earliest = now.plus(retryAfter);
        return new Advanced(
                advanced.generation(), advanced.nextLook().map(at -> at.isBefore(earliest) ? earliest : at));
    }

    /** 1 s, doubled with each refusal, a minute at most. */
    private static Duration backoff(int refusals) {
        var doubled = Duration.ofSeconds(1L << Math.min(refusals - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    }
}
