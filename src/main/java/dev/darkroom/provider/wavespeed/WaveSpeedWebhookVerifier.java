package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.provider.WebhookVerifier;
import dev.darkroom.provider.wavespeed.wire.OutcomeClassifier;
import dev.darkroom.provider.wavespeed.wire.Prediction;
import dev.darkroom.provider.wavespeed.wire.PredictionInput;
import dev.darkroom.provider.wavespeed.wire.ProviderJson;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Verifies WaveSpeed's webhooks: an ended prediction without its envelope, plus its input. */
@Singleton
class WaveSpeedWebhookVerifier implements WebhookVerifier {

    private final Optional<WebhookSignature> signature;
    private final InstantSource clock;

    WaveSpeedWebhookVerifier(WaveSpeedConfig config, InstantSource clock) {
        this.signature = Optional.of(WaveSpeedSecrets.ofWebhooks(config))
                .filter(secrets -> !secrets.isEmpty())
                .map(WebhookSignature::new);
        this.clock = clock;
    }

    @Override
    public ProviderWebhook verify(Map<String, String> headers, byte[] body) {
        if (signature.isEmpty()) {
            return new ProviderWebhook.Disabled();
        }
        return signature
                .get()
                .flaw(headers, body, clock.instant())
                .<ProviderWebhook>map(header -> new ProviderWebhook.Rejected(header, "is not valid, or is too old"))
                .orElseGet(() -> read(body));
    }

    private static ProviderWebhook read(byte[] body) {
        var data = ProviderJson.read(body);
        if (data.isMissingNode()) {
            return new ProviderWebhook.Unreadable("body", "is not valid JSON");
        }
        var prediction = new Prediction(data);
        return prediction
                .id()
                .<ProviderWebhook>map(id -> new ProviderWebhook.Verified(
                        id,
                        OutcomeClassifier.polled(id, prediction),
                        sent -> PredictionInput.of(data.path("input")).matches(PredictionInput.of(sent))))
                .orElseGet(() -> new ProviderWebhook.Unreadable("id", "is missing"));
    }
}
