package dev.darkroom.application;

import dev.darkroom.application.CircuitBreaker.Health;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import java.time.InstantSource;

/**
 * Circuit breakers around the two free calls, one for results and one for the history, because one may be out without the
 * other. The paid call has its circuits in the {@link dev.darkroom.domain.SubmissionGate}.
 */
public final class CircuitBreakingImageProvider implements ImageProvider {

    private final ImageProvider provider;
    private final CircuitBreaker<PredictionId> results;
    private final CircuitBreaker<GenerationId> history;

    public CircuitBreakingImageProvider(ImageProvider provider, GenerationEvents events, InstantSource clock) {
        this.provider = provider;
        this.results = new CircuitBreaker<>(events::providerPaused, clock);
        this.history = new CircuitBreaker<>(events::providerPaused, clock);
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        return provider.submit(submission);
    }

    @Override
    public SearchOutcome search(Search search) {
        return history.call(
                search.row(),
                () -> provider.search(search),
                SearchOutcome.CircuitOpen::new,
                outcome -> switch (outcome) {
                    case SearchOutcome.Found _ -> new Health.Answered();
                    case SearchOutcome.Unavailable(var retryAfter, var _) -> new Health.Outage(retryAfter);
                    case SearchOutcome.Unclear _, SearchOutcome.CircuitOpen _ -> new Health.Unclear();
                });
    }

    @Override
    public PollOutcome poll(PredictionId id) {
        return results.call(id, () -> provider.poll(id), PollOutcome.CircuitOpen::new, outcome -> switch (outcome) {
            case PollOutcome.Running _,
                    PollOutcome.Succeeded _,
                    PollOutcome.Failed _,
                    PollOutcome.WithoutOutputs _,
                    PollOutcome.NotFound _ -> new Health.Answered();
            case PollOutcome.Unavailable(var retryAfter, var _) -> new Health.Outage(retryAfter);
            case PollOutcome.Unclear _, PollOutcome.CircuitOpen _ -> new Health.Unclear();
        });
    }
}
