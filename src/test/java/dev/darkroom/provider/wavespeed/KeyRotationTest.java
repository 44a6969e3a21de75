package dev.darkroom.provider.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.SecretStore;
import dev.darkroom.core.provider.SecretUnavailableException;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.simulation.SimulatedClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The provider's key, replaced while requests go on. The server accepts the new key only. */
class KeyRotationTest {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final SimulatedClock clock = new SimulatedClock();
    private volatile String secret = "old-key";
    private final SecretStore store = _ -> secret;

    private static RawServer server() {
        return RawServer.answering((request, out) -> out.write((request.contains("Authorization: Bearer new-key\r\n")
                        ? "HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"id\":\"p1\",\"status\":\"processing\"}}"
                        : "HTTP/1.1 401 Unauthorized\r\n\r\n{\"message\":\"invalid key\"}")
                .getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static SubmitOutcome submit(ImageProvider provider) {
        return provider.submit(new Submission(
                ProviderAt.ROW, ProviderAt.PATH, ProviderAt.INPUT, Optional.empty(), Duration.ofSeconds(20)));
    }

    private static PollOutcome poll(ImageProvider provider) {
        return provider.poll(new ProviderTask(ProviderAt.PATH, ProviderAt.PREDICTION));
    }

    @Test
    void aRequestThatIsRefusedForTheOldKeyIsNotLostAndNotRepeatedByTheProvider() {
        try (var server = server()) {
            var provider = WaveSpeedProviders.at(server.address(), store, clock);
            assertThat(poll(provider)).isInstanceOf(PollOutcome.Unclear.class);
            clock.advance(LATER);
            secret = "new-key";

            assertThat(submit(provider)).isInstanceOf(SubmitOutcome.NotCreated.class);
            assertThat(server.requests())
                    .filteredOn(request -> request.startsWith("POST"))
                    .hasSize(1);
            assertThat(submit(provider)).isEqualTo(new SubmitOutcome.Created(ProviderAt.PREDICTION));
        }
    }

    @Test
    void aKeyThatIsNotReplacedEndsTheRequest() {
        try (var server = server()) {
            var provider = WaveSpeedProviders.at(server.address(), store, clock);

            assertThat(submit(provider))
                    .isInstanceOfSatisfying(
                            SubmitOutcome.Rejected.class,
                            rejected -> assertThat(rejected.toString()).contains("provider_unauthorized"));
        }
    }

    /** It may have been replaced meanwhile, so the request waits. */
    @Test
    void aKeyThatIsRefusedWhileTheSecretCannotBeReadDoesNotEndTheRequest() {
        try (var server = server()) {
            var isReadable = new AtomicBoolean(true);
            SecretStore failing = _ -> {
                if (!isReadable.get()) {
                    throw new SecretUnavailableException("the secret cannot be used");
                }
                return "old-key";
            };
            var provider = WaveSpeedProviders.at(server.address(), failing, clock);
            poll(provider);
            clock.advance(LATER);
            isReadable.set(false);

            assertThat(submit(provider)).isInstanceOf(SubmitOutcome.NotCreated.class);
        }
    }

    @Test
    void aPollThatIsRefusedReadsTheKeyAgain() {
        try (var server = server()) {
            var provider = WaveSpeedProviders.at(server.address(), store, clock);
            poll(provider);
            clock.advance(LATER);
            secret = "new-key";

            poll(provider);

            assertThat(poll(provider)).isInstanceOf(PollOutcome.Running.class);
        }
    }

    @Test
    void withoutAReadableSecretNothingIsSentAndNothingIsLost() {
        try (var server = server()) {
            SecretStore out = _ -> {
                throw new SecretUnavailableException("the secret cannot be used");
            };
            var provider = WaveSpeedProviders.at(server.address(), out, clock);

            assertThat(submit(provider)).isEqualTo(new SubmitOutcome.NotCreated(null, "the secret cannot be used"));
            assertThat(poll(provider)).isEqualTo(new PollOutcome.Unclear("the secret cannot be used"));
            assertThat(server.connections()).isZero();
        }
    }
}
