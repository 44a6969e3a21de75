package dev.darkroom.wavespeed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.ProviderWord;
import dev.darkroom.application.ProviderWords;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** WaveSpeed's webhooks: the prediction without its envelope, plus its input, when it has ended. */
@Singleton
class WaveSpeedWords implements ProviderWords {

    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<WebhookSignature> signature;
    private final InstantSource clock;

    WaveSpeedWords(WaveSpeedConfig config, InstantSource clock) {
        this.signature =
                config.webhookSecret().filter(secret -> !secret.isBlank()).map(WebhookSignature::new);
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
        JsonNode data;
        try {
            data = JSON.readTree(body);
        } catch (IOException _) {
            return new ProviderWord.Refused("body", "is not valid JSON");
        }
        var prediction = new Prediction(data);
        return prediction
                .id()
                .<ProviderWord>map(id -> new ProviderWord.Genuine(
                        id,
                        Classifier.polled(prediction),
                        input -> new PastPrediction(data).isMadeFrom(PastPrediction.input(input))))
                .orElseGet(() -> new ProviderWord.Refused("id", "is missing"));
    }
}
