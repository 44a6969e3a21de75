package dev.darkroom.wavespeed;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.ImageProvider.Search;
import dev.darkroom.application.ImageProvider.Submission;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SearchOutcome;
import dev.darkroom.application.SearchWindow;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The adapter before any server, and one call of each kind. */
final class ProviderAt {

    static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    static final String PATH = "wavespeed-ai/imagen4";
    static final String INPUT = "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}";
    static final PredictionId PREDICTION = new PredictionId("p1");
    static final Instant SENT_AT = Instant.parse("2026-01-01T12:00:30Z");

    private record Config(URI baseUrl, Optional<String> apiKey, Optional<String> webhookSecret, Duration resultTimeout)
            implements WaveSpeedConfig {}

    static {
        warmUp();
    }

    private final WaveSpeedImageProvider provider;
    private final Duration timeout;

    /** Each call takes no longer than {@code timeout}. */
    ProviderAt(URI address, Duration timeout) {
        this(address, "the-provider-key", timeout);
    }

    ProviderAt(URI address, String key, Duration timeout) {
        this.provider = new WaveSpeedImageProvider(
                new Config(address, Optional.of(key), Optional.empty(), timeout),
                new CallbackAddress(Optional.empty()),
                Clock.systemUTC());
        this.timeout = timeout;
    }

    static WaveSpeedImageProvider provider(String address) {
        return new ProviderAt(URI.create(address), Duration.ofSeconds(3)).provider;
    }

    /** The first calls of a JVM load some thousand classes, which on a busy machine takes longer than the tests allow a call. */
    private static void warmUp() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n{}"))) {
            var provider = new ProviderAt(server.address(), Duration.ofMinutes(1));
            provider.submit();
            provider.poll();
            provider.search();
        }
    }

    SubmitOutcome submit() {
        return provider.submit(new Submission(ROW, PATH, INPUT, timeout));
    }

    PollOutcome poll() {
        return provider.poll(PREDICTION);
    }

    SearchOutcome search() {
        return provider.search(new Search(ROW, PATH, INPUT, SENT_AT, SearchWindow.NARROW));
    }
}
