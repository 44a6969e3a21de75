package dev.darkroom.domain;

import java.util.List;
import java.util.stream.IntStream;

/** A part of the index of due rows: 0 up to, not including, the configured count, and the one of those that wait for their turn. */
public record Shard(int number) {

    /** In it the rows are in the order of their turns, not of time. */
    public static final Shard QUEUE = new Shard(-1);

    public Shard {
        if (number < -1) {
            throw new IllegalArgumentException("a shard's number is not negative, but for the queue's");
        }
    }

    /** The shard, out of {@code count}, in which the row with this id stands. */
    public static Shard of(GenerationId id, int count) {
        // The id is a hash or random, so any 32 bits of it spread evenly.
        return new Shard((int) (Long.parseLong(id.value().substring(0, 8), 16) % count));
    }

    public static List<Shard> all(int count) {
        return IntStream.range(0, count).mapToObj(Shard::new).toList();
    }
}
