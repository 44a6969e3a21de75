package dev.darkroom.core.store;

import dev.darkroom.core.generation.GenerationId;
import java.util.List;
import java.util.stream.IntStream;

/** A share of the due rows, in the order of their due times: 0 up to, not including, the configured count. */
public record Shard(int number) implements DueIndexPartition {

    public Shard {
        if (number < 0) {
            throw new IllegalArgumentException("a shard's number is not negative");
        }
    }

    /** The shard, out of {@code count}, of the row with this id. */
    public static Shard of(GenerationId id, int count) {
        // The id is a hash or random, so any 32 bits of it spread evenly.
        return new Shard((int) (Long.parseLong(id.value().substring(0, 8), 16) % count));
    }

    public static List<Shard> all(int count) {
        return IntStream.range(0, count).mapToObj(Shard::new).toList();
    }

    @Override
    public String name() {
        return Integer.toString(number);
    }
}
