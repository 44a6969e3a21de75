package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.sweep.ShardLeases;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contract of every {@link ShardLeases}. Each test uses a shard of its own. */
abstract class ShardLeasesContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(15);
    private static final Queue QUEUE = new Queue(new ProviderId("wavespeed"));
    private static final Queue OTHER_QUEUE = new Queue(new ProviderId("other"));

    abstract ShardLeases leases();

    @Test
    void onlyOneSweepHoldsALease() {
        assertThat(leases().acquire(new Shard(1), "a", NOW, UNTIL)).isTrue();
        assertThat(leases().acquire(new Shard(1), "b", NOW, UNTIL)).isFalse();
    }

    @Test
    void theHolderCanProlongItsLease() {
        leases().acquire(new Shard(2), "a", NOW, UNTIL);

        assertThat(leases().acquire(new Shard(2), "a", NOW.plusSeconds(5), UNTIL.plusSeconds(5)))
                .isTrue();
        assertThat(leases().acquire(new Shard(2), "b", UNTIL, UNTIL.plusSeconds(15)))
                .isFalse();
    }

    @Test
    void aLeaseThatRanOutIsFree() {
        leases().acquire(new Shard(3), "a", NOW, UNTIL);

        assertThat(leases().acquire(new Shard(3), "b", UNTIL, UNTIL.plusSeconds(15)))
                .isTrue();
        assertThat(leases().acquire(new Shard(3), "a", UNTIL, UNTIL.plusSeconds(15)))
                .isFalse();
    }

    @Test
    void aLeaseThatWasGivenBackIsFree() {
        leases().acquire(new Shard(4), "a", NOW, UNTIL);
        leases().release(new Shard(4), "a");

        assertThat(leases().acquire(new Shard(4), "b", NOW, UNTIL)).isTrue();
    }

    @Test
    void aLeaseIsReleasedOnlyByItsHolder() {
        leases().acquire(new Shard(5), "a", NOW, UNTIL);
        leases().release(new Shard(5), "b");
        leases().release(new Shard(6), "b");

        assertThat(leases().acquire(new Shard(5), "b", NOW, UNTIL)).isFalse();
    }

    @Test
    void eachQueueHasALeaseOfItsOwn() {
        leases().acquire(new Shard(7), "a", NOW, UNTIL);
        leases().acquire(OTHER_QUEUE, "a", NOW, UNTIL);

        assertThat(leases().acquire(QUEUE, "b", NOW, UNTIL)).isTrue();
        assertThat(leases().acquire(QUEUE, "c", NOW, UNTIL)).isFalse();
    }
}
