package dev.darkroom.wavespeed;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.PredictionId;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.net.URI;
import java.time.InstantSource;

/** WaveSpeed, asked through its HTTP API. */
@Singleton
class WaveSpeedImageProvider implements ImageProvider {

    private final WaveSpeedSubmitClient submitClient;
    private final WaveSpeedResultClient resultClient;
    private final WaveSpeedHistoryClient historyClient;
    private final CallbackAddress callback;
    private final Classifier classifier;
    private final History history;
    private final String authorization;

    WaveSpeedImageProvider(WaveSpeedConfig config, CallbackAddress callback, InstantSource clock) {
        this.callback = callback;
        this.authorization = "Bearer "
                + config.apiKey()
                        .filter(key -> !key.isBlank())
                        .orElseThrow(() -> new IllegalStateException(
                                "the provider's key is missing: set WAVESPEED_API_KEY for this function"));
        this.submitClient = WaveSpeedClients.submit(config);
        this.resultClient = WaveSpeedClients.result(config);
        this.historyClient = WaveSpeedClients.history(config);
        this.classifier = new Classifier(clock);
        this.history = new History(this::list, classifier, clock);
    }

    @Override
    public SubmitOutcome submit(Submission submission) {
        var webhook = callback.of(submission.row()).map(URI::toString).orElse(null);
        try (var response =
                submitClient.submit(authorization, submission.upstreamPath(), webhook, submission.input())) {
            return classifier.submitted(Answer.of(response));
        } catch (ProcessingException e) {
            return classifier.notAnswered(e);
        }
    }

    @Override
    public SearchOutcome search(Search search) {
        return history.search(search);
    }

    private Answer list(String filter) {
        try (var response = historyClient.list(authorization, filter)) {
            return Answer.of(response);
        }
    }

    @Override
    public PollOutcome poll(PredictionId predictionId) {
        try {
            return result(predictionId);
        } catch (ProcessingException _) {
            // The socket may have died while the function was frozen; asking is free, so it is asked once more.
            return resultOnANewConnection(predictionId);
        }
    }

    private PollOutcome resultOnANewConnection(PredictionId predictionId) {
        try {
            return result(predictionId);
        } catch (ProcessingException e) {
            return new PollOutcome.Unavailable(null, Classifier.reason(e));
        }
    }

    private PollOutcome result(PredictionId predictionId) {
        try (var response = resultClient.result(authorization, predictionId.value())) {
            return classifier.polled(Answer.of(response));
        }
    }
}
