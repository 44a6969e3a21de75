package dev.darkroom.core.store;

import dev.darkroom.core.generation.ProviderId;

/** A partition of the index of due rows. One sweep works on a partition at a time, under its lease. */
public sealed interface DueIndexPartition permits Shard, DueIndexPartition.Queue {

    /** Names the partition in the index, leases and logs: the shard's number, or {@code queue#} and the provider. */
    String name();

    /** The queued rows of a provider, in the order of their rounds, not of time. */
    record Queue(ProviderId provider) implements DueIndexPartition {

        @Override
        public String name() {
            return "queue#" + provider;
        }
    }
}
