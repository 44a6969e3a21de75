package dev.darkroom.core.store;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Joins a generation with its copies. */
public final class FanIn {

    private FanIn() {}

    /**
     * A generation as its caller sees it.
     *
     * @param failures of the rows that have failed although others have completed
     * @param rows how many there are, 1 without copies
     */
    public record Joined(Generation generation, List<Failure> failures, int rows) {
        public Joined {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Reads the copies, unless there are none. They are stored before the generation itself is submitted, so one that
     * is missing was never needed: the generation ended in the queue.
     */
    public static Joined of(Generation generation, GenerationStore store) {
        var copies = IntStream.range(1, generation.request().copies())
                .mapToObj(number -> store.find(generation.id().copy(number)))
                .flatMap(Optional::stream)
                .toList();
        if (copies.isEmpty()) {
            return new Joined(generation, List.of(), 1);
        }
        var joined = generation.joinedWith(copies);
        var failures = Stream.concat(Stream.of(generation), copies.stream())
                .flatMap(row ->
                        row.state() instanceof State.Failed failed ? Stream.of(failed.failure()) : Stream.empty())
                .toList();
        boolean isPartial = joined.state() instanceof State.Completed;
        return new Joined(joined, isPartial ? failures : List.of(), 1 + copies.size());
    }
}
