package dev.darkroom.provider.wavespeed;

import java.util.List;
import java.util.stream.Stream;

/** The secrets, without line breaks and blanks around them, which come from files and consoles. */
final class WaveSpeedSecrets {

    private WaveSpeedSecrets() {}

    /** The provider's key. Without a key it throws {@link IllegalStateException}, which names the variable. */
    static String key(WaveSpeedConfig config) {
        return config.apiKey()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .orElseThrow(() -> new IllegalStateException(
                        "the provider's key is missing: set DARKROOM_WAVESPEED_API_KEY for this function"));
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
