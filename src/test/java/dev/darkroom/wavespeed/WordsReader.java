package dev.darkroom.wavespeed;

import dev.darkroom.application.ProviderWords;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the real reader of webhooks for tests outside of this package. */
public final class WordsReader {

    private record Config(Optional<String> webhookSecret) implements WaveSpeedConfig {
        @Override
        public URI baseUrl() {
            return URI.create("https://provider.example");
        }

        @Override
        public Optional<String> apiKey() {
            return Optional.empty();
        }

        @Override
        public Duration resultTimeout() {
            return Duration.ofSeconds(5);
        }
    }

    private WordsReader() {}

    /** Reads what is signed with this secret. */
    public static ProviderWords of(String webhookSecret, InstantSource clock) {
        return new WaveSpeedWords(new Config(Optional.of(webhookSecret)), clock);
    }
}
