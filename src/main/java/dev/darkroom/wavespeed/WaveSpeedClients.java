package dev.darkroom.wavespeed;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/**
 * Builds the REST clients. Registered ones would have some fifty settings each, which Quarkus would look up at every
 * cold start.
 */
final class WaveSpeedClients {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int KEPT_ALIVE_MILLIS = 20_000;

    /** At 100 ms each they are 2,500 polls a second. Without it there would be 50. */
    private static final int MOST_POLLS_AT_ONCE = 256;

    private WaveSpeedClients() {}

    /** For the paid call: never on a connection that may have died, never repeated, never redirected. */
    static WaveSpeedSubmitClient submit(WaveSpeedConfig config) {
        return builder(config, config.submitTimeout())
                .property(QuarkusRestClientProperties.KEEP_ALIVE_ENABLED, false)
                .build(WaveSpeedSubmitClient.class);
    }

    static WaveSpeedResultClient result(WaveSpeedConfig config) {
        return builder(config, config.resultTimeout())
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, MOST_POLLS_AT_ONCE)
                .property(QuarkusRestClientProperties.CONNECTION_TTL, KEPT_ALIVE_MILLIS)
                .build(WaveSpeedResultClient.class);
    }

    static WaveSpeedHistoryClient history(WaveSpeedConfig config) {
        return builder(config, config.resultTimeout())
                .property(QuarkusRestClientProperties.CONNECTION_TTL, KEPT_ALIVE_MILLIS)
                .build(WaveSpeedHistoryClient.class);
    }

    /** Every status is an answer that the classifier reads, so the client's own mapping of errors is off. */
    private static QuarkusRestClientBuilder builder(WaveSpeedConfig config, Duration timeout) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(config.baseUrl())
                .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true);
    }
}
