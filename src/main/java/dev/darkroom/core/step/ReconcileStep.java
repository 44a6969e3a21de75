package dev.darkroom.core.step;

import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.core.store.GenerationContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Searches the provider's history for a prediction whose paid call has no known outcome. */
final class ReconcileStep {

    private final GenerationContext context;
    private final ImageProviders providers;
    private final PredictionClaims claims;
    private final Transitions transitions;
    private final Timeouts timeouts;

    ReconcileStep(
            GenerationContext context,
            ImageProviders providers,
            PredictionClaims claims,
            Transitions transitions,
            Timeouts timeouts) {
        this.context = context;
        this.providers = providers;
        this.claims = claims;
        this.transitions = transitions;
        this.timeouts = timeouts;
    }

    StepResult run(Generation generation, State.Unconfirmed unconfirmed) {
        return search(generation, unconfirmed.attempt(), SearchWindow.NARROW, context.now());
    }

    private StepResult search(Generation generation, Attempt attempt, SearchWindow window, Instant now) {
        var search = new Search(
                generation.id(), attempt.upstreamPath(), generation.request().input(), attempt.sentAt(), window);
        return switch (providers.of(generation).search(search)) {
            case SearchOutcome.Found(var candidates, var complete, var similar) ->
                adopt(generation, candidates, now)
                        .orElseGet(() -> window == SearchWindow.NARROW
                                ? search(generation, attempt, SearchWindow.WIDE, now)
                                : nothingFound(generation, attempt, complete, similar));
            // Only a webhook can still name the prediction.
            case SearchOutcome.NoHistory() -> transitions.stillRunning(generation);
            case SearchOutcome.Unavailable(var retryAfter, var reason) ->
                transitions.unanswered(generation, reason).notBefore(retryAfter == null ? now : now.plus(retryAfter));
            case SearchOutcome.Unclear(var reason) -> transitions.unanswered(generation, reason);
            case SearchOutcome.CircuitOpen(var pause) ->
                transitions.stillRunning(generation).deferredUntil(now.plus(pause));
        };
    }

    /** Rows with the same input have the same candidates; each adopts a different one. */
    private Optional<StepResult> adopt(Generation generation, List<PredictionId> candidates, Instant now) {
        return candidates.stream()
                .filter(candidate -> claims.claim(candidate, generation))
                .findFirst()
                .map(adopted -> transitions.write(
                        generation.submitted(adopted, now, now),
                        () -> context.listener().predictionAdopted(generation.id(), adopted)));
    }

    private StepResult nothingFound(Generation generation, Attempt attempt, boolean complete, int similar) {
        if (similar > 0) {
            context.listener().onlySimilarFound(generation.id(), similar);
        }
        boolean resubmit = complete
                && timeouts.resubmitAfter()
                        .filter(after ->
                                !context.now().isBefore(attempt.sentAt().plus(after)))
                        .isPresent();
        return resubmit
                ? transitions.write(
                        generation.queued(State.Queued.resubmission(attempt), Event.RESUBMITTED.at(context.now())),
                        () -> context.listener().resubmitted(generation.id()))
                : transitions.stillRunning(generation);
    }
}
