package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.RateLimiter;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.ratelimit.SubmissionGates;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of the fake and of the real store of all gates. */
abstract class SubmissionGatesContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final SubmissionGate LIMITED = new SubmissionGate(new RateLimiter(NOW), Map.of(), FairQueue.EMPTY);
    private static final SubmissionGate QUEUEING = LIMITED.with(FairQueue.EMPTY.enqueue(new Owner("acme"), NOW));

    private final ProviderId provider = newProvider();

    abstract SubmissionGates gates();

    @Test
    void eachProviderHasItsOwnGate() {
        gates().of(provider).replace(new Stored(LIMITED, 1));

        assertThat(gates().of(provider).read()).isEqualTo(new Stored(LIMITED, 1));
        assertThat(gates().of(newProvider()).read()).isEqualTo(new Stored(SubmissionGate.UNUSED, 0));
    }

    @Test
    void aProviderThatOnlyCountsItsImagesHasNoQueue() {
        gates().of(provider).replace(new Stored(LIMITED, 1));

        assertThat(gates().withQueues()).doesNotContain(provider);
    }

    @Test
    void aProviderWhoseQueueHasARequestIsListed() {
        gates().of(provider).replace(new Stored(QUEUEING, 1));

        assertThat(gates().withQueues()).contains(provider);
    }

    @Test
    void aProviderIsStillListedWhenItsQueueIsEmptyAgain() {
        gates().of(provider).replace(new Stored(QUEUEING, 1));

        gates().of(provider).replace(new Stored(LIMITED, 2));

        assertThat(gates().withQueues()).contains(provider);
    }

    private static ProviderId newProvider() {
        return new ProviderId("p-" + UUID.randomUUID().toString().substring(0, 8));
    }
}
