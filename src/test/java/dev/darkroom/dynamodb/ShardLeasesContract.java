package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.ShardLeases;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What all {@link ShardLeases} have to do. Each test uses a shard of its own. */
abstract class ShardLeasesContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(15);

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
    void nobodyGivesBackTheLeaseOfAnother() {
        leases().acquire(new Shard(5), "a", NOW, UNTIL);
        leases().release(new Shard(5), "b");
        leases().release(new Shard(6), "b");

        assertThat(leases().acquire(new Shard(5), "b", NOW, UNTIL)).isFalse();
    }
}
