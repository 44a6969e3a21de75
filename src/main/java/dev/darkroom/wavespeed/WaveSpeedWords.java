package dev.darkroom.wavespeed;

import dev.darkroom.application.ProviderWord;
import dev.darkroom.application.ProviderWords;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** WaveSpeed's webhooks: the prediction without its envelope, plus its input, when it has ended. */
@Singleton
class WaveSpeedWords implements ProviderWords {

    private final Optional<WebhookSignature> signature;
    private final InstantSource clock;

    WaveSpeedWords(WaveSpeedConfig config, InstantSource clock) {
        this.signature = Optional.of(WaveSpeedSecrets.ofWebhooks(config))
                .filter(secrets -> !secrets.isEmpty())
                .map(WebhookSignature::new);
        this.clock = clock;
    }

    @Override
    public ProviderWord read(Map<String, String> headers, byte[] body) {
        if (signature.isEmpty()) {
            return new ProviderWord.Unexpected();
        }
        return signature
                .get()
                .flaw(headers, body, clock.instant())
                .<ProviderWord>map(header -> new ProviderWord.Refused(header, "is not the provider's, or too old"))
                .orElseGet(() -> read(body));
    }

    private static ProviderWord read(byte[] body) {
        var data = ProviderJson.read(body);
        if (data.isMissingNode()) {
            return new ProviderWord.Refused("body", "is not valid JSON");
        }
        var prediction = new Prediction(data);
        return prediction
                .id()
                .<ProviderWord>map(id -> new ProviderWord.Genuine(
                        id,
                        Classifier.polled(id, prediction),
                        sent -> PredictionInput.of(data.path("input")).isMadeFrom(PredictionInput.of(sent))))
                .orElseGet(() -> new ProviderWord.Refused("id", "is missing"));
    }
}
