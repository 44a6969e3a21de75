package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.ProviderKey;
import dev.darkroom.core.provider.RotatingKey;
import dev.darkroom.core.provider.SecretStore;
import dev.darkroom.core.provider.SecretStore.SecretName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** The secrets, without line breaks and blanks around them, which come from files and consoles. */
final class WaveSpeedSecrets {

    private static final Executor BESIDE =
            task -> Thread.ofVirtual().name("provider-key").start(task);

    private WaveSpeedSecrets() {}

    /**
     * The provider's key, from the settings or from the store. With neither it throws {@link IllegalStateException},
     * which names the variables. It reads nothing.
     */
    static ProviderKey key(WaveSpeedConfig config, SecretStore store, InstantSource clock) {
        return present(config.apiKey())
                .map(ProviderKey::fixed)
                .or(() -> present(config.apiKeySecret()).map(secret -> {
                    var name = new SecretName(secret, present(config.apiKeyField()));
                    return new RotatingKey(store, name, clock, BESIDE);
                }))
                .orElseThrow(() -> new IllegalStateException(
                        "the provider's key is missing: set DARKROOM_WAVESPEED_API_KEY_SECRET or"
                                + " DARKROOM_WAVESPEED_API_KEY for this function"));
    }

    private static Optional<String> present(Optional<String> setting) {
        return setting.map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * The secrets that the provider may sign its webhooks with: two while one replaces the other, none without
     * webhooks.
     */
    static List<String> ofWebhooks(WaveSpeedConfig config) {
        return config.webhookSecret().stream()
                .flatMap(secrets -> Stream.of(secrets.split("[\\s,]+")))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }
}
