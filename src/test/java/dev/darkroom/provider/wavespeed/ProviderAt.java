package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Search;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SearchOutcome;
import dev.darkroom.core.provider.SearchWindow;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The adapter with any server, and one call of each kind. */
final class ProviderAt {

    static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    static final String PATH = "wavespeed-ai/imagen4";
    static final String INPUT = "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}";
    static final PredictionId PREDICTION = new PredictionId("p1");
    static final Instant SENT_AT = Instant.parse("2026-01-01T12:00:30Z");

    private record Config(
            URI baseUrl,
            Optional<String> apiKey,
            Optional<String> apiKeySecret,
            Optional<String> apiKeyField,
            Optional<String> webhookSecret,
            Optional<Integer> imagesPerMinute,
            Duration resultTimeout)
            implements WaveSpeedConfig {}

    static {
        warmUp();
    }

    private final WaveSpeedImageProvider provider;
    private final Duration timeout;

    /** Each call has the time-out {@code timeout}. */
    ProviderAt(URI address, Duration timeout) {
        this(address, "the-provider-key", timeout);
    }

    ProviderAt(URI address, String key, Duration timeout) {
        var config = new Config(
                address,
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                timeout);
        var calls = new WaveSpeedCalls(config, WaveSpeedProviders.NO_SECRETS, Clock.systemUTC());
        this.provider = new WaveSpeedImageProvider(
                config, () -> calls, new WaveSpeedWebhookVerifier(config, Clock.systemUTC()));
        this.timeout = timeout;
    }

    static WaveSpeedImageProvider provider(String address) {
        return new ProviderAt(URI.create(address), Duration.ofSeconds(3)).provider;
    }

    /**
     * The first calls of a JVM load some thousand classes, which takes longer on a busy machine than the tests allow a
     * call.
     */
    private static void warmUp() {
        try (var server = RawServer.answering(Answer.of("HTTP/1.1 200 OK\r\n\r\n{}"))) {
            var provider = new ProviderAt(server.address(), Duration.ofMinutes(1));
            provider.submit();
            provider.poll();
            provider.search();
            provider.balance();
            provider.bill();
        }
    }

    SubmitOutcome submit() {
        return provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), timeout));
    }

    PollOutcome poll() {
        return provider.poll(new ProviderTask(PATH, PREDICTION));
    }

    BalanceOutcome balance() {
        return provider.balance();
    }

    BillOutcome bill() {
        return provider.bill(new BillQuestion.About(List.of(PREDICTION)), 1);
    }

    SearchOutcome search() {
        return provider.search(new Search(ROW, PATH, INPUT, SENT_AT, SearchWindow.NARROW));
    }
}
