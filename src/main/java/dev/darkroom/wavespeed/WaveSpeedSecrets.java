package dev.darkroom.wavespeed;

import java.util.List;
import java.util.stream.Stream;

/** The secrets as they are used: files and consoles put line breaks and blanks around them. */
final class WaveSpeedSecrets {

    private WaveSpeedSecrets() {}

    /** The provider's key. Without one it throws {@link IllegalStateException}, which names the variable. */
    static String key(WaveSpeedConfig config) {
        return config.apiKey()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .orElseThrow(() -> new IllegalStateException(
                        "the provider's key is missing: set WAVESPEED_API_KEY for this function"));
    }

    /** What the provider may sign its webhooks with: two while one replaces the other, none without webhooks. */
    static List<String> ofWebhooks(WaveSpeedConfig config) {
        return config.webhookSecret().stream()
                .flatMap(secrets -> Stream.of(secrets.split("[\\s,]+")))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }
}
