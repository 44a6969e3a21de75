package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SecretStore;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.provider.wavespeed.history.HistoryReader;
import dev.darkroom.provider.wavespeed.history.PredictionHistory;
import dev.darkroom.provider.wavespeed.wire.BillPage;
import dev.darkroom.provider.wavespeed.wire.OutcomeClassifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** The calls of WaveSpeed's HTTP API, and what their answers mean. Without a key there are none. */
@Singleton
class WaveSpeedCalls {

    /** A caller waits for the answer, for 8.5 s at most. */
    private static final Duration MAX_BALANCE_TIME = Duration.ofSeconds(5);

    /** Large results are read one at a time, because each needs some 40 MB. */
    private final Semaphore roomForImages = new Semaphore(1);

    private final WaveSpeedApi api;
    private final OutcomeClassifier classifier;
    private final PredictionHistory history;
    private final Duration resultTimeout;
    private final Duration balanceTimeout;

    WaveSpeedCalls(WaveSpeedConfig config, SecretStore secrets, InstantSource clock) {
        this.api = new WaveSpeedApi(config.baseUrl(), WaveSpeedSecrets.key(config, secrets, clock));
        this.classifier = new OutcomeClassifier(clock);
        this.resultTimeout = config.resultTimeout();
        this.balanceTimeout = resultTimeout.compareTo(MAX_BALANCE_TIME) < 0 ? resultTimeout : MAX_BALANCE_TIME;
        this.history = new PredictionHistory(new HistoryReader(api::list, classifier, resultTimeout, clock), clock);
    }

    SubmitOutcome submit(Submission submission) {
        WaveSpeedApi.Sent sent;
        try {
            sent = api.submit(
                    submission.upstreamPath(), submission.callback(), submission.input(), submission.timeout());
        } catch (RuntimeException e) {
            // Errors from the moment of sending are outcomes, so this call was not sent.
            return new SubmitOutcome.NotCreated(null, unexpected("sent", e));
        }
        try {
            // The provider creates nothing for a key that it refuses, so the request may wait for the new key.
            return sent.keyMayBeReplaced()
                    ? new SubmitOutcome.NotCreated(null, "the provider refused the key, which may have been replaced")
                    : classifier.submitted(sent.outcome());
        } catch (RuntimeException e) {
            return new SubmitOutcome.Unknown(unexpected("understood", e));
        }
    }

    SearchOutcome search(Search search) {
        try {
            return history.search(search);
        } catch (RuntimeException e) {
            return new SearchOutcome.Unclear(unexpected("searched", e));
        }
    }

    PollOutcome poll(ProviderTask task) {
        try {
            var outcome = api.result(task.prediction(), resultTimeout);
            return OutcomeClassifier.isTooLargeByOutputs(task.prediction(), outcome)
                    ? pollWithImages(task.prediction())
                    : classifier.polled(task.prediction(), outcome);
        } catch (RuntimeException e) {
            return new PollOutcome.Unclear(unexpected("polled", e));
        }
    }

    private PollOutcome pollWithImages(PredictionId prediction) {
        if (!roomForImages.tryAcquire()) {
            return new PollOutcome.Unclear("another large result is being read");
        }
        try {
            return classifier.polled(prediction, api.resultWithImages(prediction, resultTimeout));
        } finally {
            roomForImages.release();
        }
    }

    BalanceOutcome balance() {
        try {
            return classifier.balance(api.balance(balanceTimeout));
        } catch (RuntimeException e) {
            return new BalanceOutcome.Unclear(unexpected("asked for", e));
        }
    }

    BillOutcome bill(BillQuestion question, int page) {
        try {
            return classifier.billed(api.bill(BillPage.filter(question, page), resultTimeout), page);
        } catch (RuntimeException e) {
            return new BillOutcome.Unclear(unexpected("asked for", e));
        }
    }

    /** The text leaves out the exception's message, which could contain a header. */
    private static String unexpected(String step, RuntimeException e) {
        return "not %s: %s".formatted(step, e.getClass().getSimpleName());
    }
}
