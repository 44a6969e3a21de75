package dev.darkroom.application;

import dev.darkroom.application.CircuitBreaker.Permit;
import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider that is asked for nothing free while it is out, by nobody in this process. Results and the history are apart,
 * because one may be out without the other; the paid call is none of its business.
 */
public final class SparedProvider implements ImageProvider {

    private final ImageProvider provider;
    private final CircuitBreaker results;
    private final CircuitBreaker history;

    public SparedProvider(ImageProvider provider, GenerationEvents events, InstantSource clock) {
        this.provider = provider;
        this.results = new CircuitBreaker(events::providerPaused, clock);
        this.history = new CircuitBreaker(events::providerPaused, clock);
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        return provider.submit(submission);
    }

    @Override
    public SearchOutcome search(Search search) {
        return spare(
                history, () -> provider.search(search), SearchOutcome.CircuitOpen::new, outcome -> switch (outcome) {
                    case SearchOutcome.Unavailable(var retryAfter, var _) -> Optional.of(new Outage(retryAfter));
                    case SearchOutcome.Found _, SearchOutcome.Unclear _, SearchOutcome.CircuitOpen _ ->
                        Optional.empty();
                });
    }

    @Override
    public PollOutcome poll(PredictionId predictionId) {
        return spare(
                results, () -> provider.poll(predictionId), PollOutcome.CircuitOpen::new, outcome -> switch (outcome) {
                    case PollOutcome.Unavailable(var retryAfter, var _) -> Optional.of(new Outage(retryAfter));
                    case PollOutcome.Running _,
                            PollOutcome.Succeeded _,
                            PollOutcome.Failed _,
                            PollOutcome.NotFound _,
                            PollOutcome.WithoutOutputs _,
                            PollOutcome.Unclear _,
                            PollOutcome.CircuitOpen _ -> Optional.empty();
                });
    }

    private record Outage(@Nullable Duration retryAfter) {}

    private static <T> T spare(
            CircuitBreaker breaker,
            Supplier<T> call,
            Function<Duration, T> notAsked,
            Function<T, Optional<Outage>> outageIn) {
        return switch (breaker.ask()) {
            case Permit.Pause(var length) -> notAsked.apply(length);
            case Permit.Call permit -> {
                var outcome = called(breaker, permit, call);
                outageIn.apply(outcome)
                        .ifPresentOrElse(
                                outage -> breaker.failed(permit, outage.retryAfter()), () -> breaker.succeeded(permit));
                yield outcome;
            }
        };
    }

    private static <T> T called(CircuitBreaker breaker, Permit.Call permit, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error e) {
            breaker.abandoned(permit);
            throw e;
        }
    }
}
