package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.provider.WebhookVerifier;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * WaveSpeed as an image provider. Its calls are made when the first one is needed, because not all functions have a
 * key.
 */
@Singleton
class WaveSpeedImageProvider implements ImageProvider {

    /** The submissions of the last 7 days are listed. */
    private static final Duration HISTORY_KEPT = Duration.ofDays(7);

    private static final ProviderTask NO_TASK = new ProviderTask("priming", new PredictionId("priming"));

    private final Provider<WaveSpeedCalls> calls;
    private final WaveSpeedWebhookVerifier webhooks;
    private final Optional<Integer> imagesPerMinute;

    WaveSpeedImageProvider(WaveSpeedConfig config, Provider<WaveSpeedCalls> calls, WaveSpeedWebhookVerifier webhooks) {
        this.calls = calls;
        this.webhooks = webhooks;
        this.imagesPerMinute = config.imagesPerMinute();
    }

    @Override
    public ProviderId id() {
        return WaveSpeedFactory.ID;
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        return calls.get().submit(submission);
    }

    @Override
    public PollOutcome poll(ProviderTask task) {
        return calls.get().poll(task);
    }

    @Override
    public SearchOutcome search(Search search) {
        return calls.get().search(search);
    }

    @Override
    public BalanceOutcome balance() {
        return calls.get().balance();
    }

    @Override
    public BillOutcome bill(BillQuestion question, int page) {
        return calls.get().bill(question, page);
    }

    @Override
    public Optional<WebhookVerifier> webhooks() {
        return Optional.of(webhooks);
    }

    @Override
    public Duration historyKept() {
        return HISTORY_KEPT;
    }

    @Override
    public Optional<Integer> imagesPerMinute() {
        return imagesPerMinute;
    }

    /** A poll of a prediction that does not exist opens the connection as well. */
    @Override
    public void prime() {
        calls.get().poll(NO_TASK);
    }
}
