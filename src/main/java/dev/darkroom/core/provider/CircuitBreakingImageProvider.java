package dev.darkroom.core.provider;

import dev.darkroom.core.circuit.CircuitBreaker;
import dev.darkroom.core.circuit.CircuitBreaker.Health;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.GenerationListener.ProviderCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Circuit breakers around the two free calls of one provider, one for results and one for the history, because either
 * may fail without the other. The paid call has its circuits in the {@link
 * dev.darkroom.core.ratelimit.SubmissionGate}.
 */
public final class CircuitBreakingImageProvider implements ImageProvider {

    private final ImageProvider provider;
    private final CircuitBreaker<PredictionId> results;
    private final CircuitBreaker<GenerationId> history;

    public CircuitBreakingImageProvider(ImageProvider provider, GenerationListener listener, InstantSource clock) {
        this.provider = provider;
        var id = provider.id();
        this.results = new CircuitBreaker<>(pause -> listener.circuitOpened(id, ProviderCall.RESULT, pause), clock);
        this.history = new CircuitBreaker<>(pause -> listener.circuitOpened(id, ProviderCall.HISTORY, pause), clock);
    }

    @Override
    public ProviderId id() {
        return provider.id();
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
                    case SearchOutcome.Found _, SearchOutcome.NoHistory _ -> new Health.Answered();
                    case SearchOutcome.Unavailable(var retryAfter, var _) -> new Health.Outage(retryAfter);
                    case SearchOutcome.Unclear _, SearchOutcome.CircuitOpen _ -> new Health.Unclear();
                });
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        return results.call(
                task.prediction(),
                () -> provider.poll(task),
                PollOutcome.CircuitOpen::new,
                outcome -> switch (outcome) {
                    case PollOutcome.Running _,
                            PollOutcome.Succeeded _,
                            PollOutcome.Inline _,
                            PollOutcome.Failed _,
                            PollOutcome.WithoutOutputs _,
                            PollOutcome.NotFound _ -> new Health.Answered();
                    case PollOutcome.Unavailable(var retryAfter, var _) -> new Health.Outage(retryAfter);
                    case PollOutcome.Unclear _, PollOutcome.CircuitOpen _ -> new Health.Unclear();
                });
    }

    /** Has a circuit of its own in {@link ReadBalance}. */
    @Override
    public BalanceOutcome balance() {
        return provider.balance();
    }

    /** Is asked for once a day, so it has no circuit. */
    @Override
    public BillOutcome bill(BillQuestion question, int page) {
        return provider.bill(question, page);
    }

    @Override
    public Optional<WebhookVerifier> webhooks() {
        return provider.webhooks();
    }

    @Override
    public Duration historyKept() {
        return provider.historyKept();
    }

    @Override
    public Optional<Integer> imagesPerMinute() {
        return provider.imagesPerMinute();
    }

    @Override
    public void prime() {
        provider.prime();
    }
}
