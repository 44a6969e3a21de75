package dev.darkroom.wavespeed;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.httpclient.HttpOutcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** WaveSpeed, asked through its HTTP API. */
@Singleton
class WaveSpeedImageProvider implements ImageProvider {

    private final WaveSpeedApi api;
    private final CallbackAddress callback;
    private final Classifier classifier;
    private final History history;
    private final Duration resultTimeout;

    WaveSpeedImageProvider(WaveSpeedConfig config, CallbackAddress callback, InstantSource clock) {
        this.api = new WaveSpeedApi(config.baseUrl(), WaveSpeedSecrets.key(config));
        this.callback = callback;
        this.classifier = new Classifier(clock);
        this.resultTimeout = config.resultTimeout();
        this.history = new History(new HistoryReader(api::list, classifier, resultTimeout, clock), clock);
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        HttpOutcome outcome;
        try {
            var webhook = callback.of(submission.row());
            outcome = api.submit(submission.upstreamPath(), webhook, submission.input(), submission.timeout());
        } catch (RuntimeException e) {
            // Whatever happens once it is being sent is an outcome.
            return new SubmitOutcome.NotCreated(null, unexpected("sent", e));
        }
        try {
            return classifier.submitted(outcome);
        } catch (RuntimeException e) {
            return new SubmitOutcome.Unknown(unexpected("understood", e));
        }
    }

    @Override
    public SearchOutcome search(Search search) {
        try {
            return history.search(search);
        } catch (RuntimeException e) {
            return new SearchOutcome.Unclear(unexpected("searched", e));
        }
    }

    @Override
    public PollOutcome poll(PredictionId predictionId) {
        try {
            return classifier.polled(predictionId, api.result(predictionId, resultTimeout));
        } catch (RuntimeException e) {
            return new PollOutcome.Unclear(unexpected("polled", e));
        }
    }

    /** Without the message, which could hold a header. */
    private static String unexpected(String step, RuntimeException e) {
        return "not %s: %s".formatted(step, e.getClass().getSimpleName());
    }
}
