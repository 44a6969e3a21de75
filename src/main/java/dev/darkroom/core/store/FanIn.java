package dev.darkroom.core.store;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.store.GenerationStore.Update;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a generation: the row of its request, and the copies.
 *
 * @param copies those that are stored. They are stored before the generation itself is submitted, so one that is
 *     missing was not needed yet
 */
public record FanIn(Generation original, List<Generation> copies) {

    public FanIn {
        copies = List.copyOf(copies);
    }

    /** Reads the copies, unless the generation has none. */
    public static FanIn of(Generation original, GenerationStore store) {
        var read = read(original, store);
        return read.isTorn() ? read(store.find(original.id()).orElse(original), store) : read;
    }

    /**
     * Reads the copies of a row that has ended. Until then the generation is as the row is for its caller, and copies
     * may not be stored yet.
     */
    public static FanIn forCaller(Generation original, GenerationStore store) {
        return original.state().status().isTerminal() ? of(original, store) : new FanIn(original, List.of());
    }

    private static FanIn read(Generation original, GenerationStore store) {
        return new FanIn(
                original,
                original.copyIds().stream()
                        .map(store::find)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /**
     * The generation as its caller sees it, which is never stored. It runs as long as one of the rows runs. Then it has
     * the images of all that have completed; it has failed only when none has.
     */
    public Generation generation() {
        if (copies.isEmpty()) {
            return original.costing(cost());
        }
        var running = rows().filter(row -> !row.state().status().isTerminal()).findFirst();
        if (running.isPresent()) {
            return joined(running.get().dueAt(), running.get().state());
        }
        var completed = rows().flatMap(
                        row -> row.state() instanceof State.Completed one ? Stream.of(one) : Stream.empty())
                .toList();
        return joined(
                FollowUp.earliest(original.followUps()),
                completed.isEmpty() ? original.state() : State.Completed.all(completed));
    }

    private Generation joined(@Nullable Instant due, State common) {
        return new Generation(
                original.id(),
                original.owner(),
                original.request(),
                original.createdAt(),
                original.version(),
                due,
                common,
                original.followUps(),
                original.events(),
                cost(),
                original.deliveries());
    }

    /** What all rows cost; one that is not stored yet costs what the original holds for it. Null without a price. */
    private @Nullable Cost cost() {
        var own = original.cost();
        if (own == null || original.request().copies() == 1) {
            return own;
        }
        var known = rows().flatMap(row -> row.knownCost().stream());
        var missing = Stream.generate(own::ofCopy).limit(original.request().copies() - size());
        return Cost.all(Stream.concat(known, missing).toList());
    }

    /**
     * Whether a cancellation or a deletion, which writes all rows at once, came between the read of the original and
     * that of the copies. Reading both again shows it whole.
     */
    public boolean isTorn() {
        return copies.stream()
                .anyMatch(
                        copy -> copy.isDeleted() != original.isDeleted() || isCancelled(copy) != isCancelled(original));
    }

    private static boolean isCancelled(Generation row) {
        return row.state() instanceof State.Cancelled;
    }

    /** Those of the rows that have failed although others have completed. */
    public List<Failure> failures() {
        boolean isPartial = !copies.isEmpty() && generation().state() instanceof State.Completed;
        return isPartial
                ? rows().flatMap(row -> row.state() instanceof State.Failed failed
                                ? Stream.of(failed.failure())
                                : Stream.empty())
                        .toList()
                : List.of();
    }

    /** How many rows there are, 1 without copies. */
    public int size() {
        return 1 + copies.size();
    }

    /** The first row that cannot be cancelled; empty if the generation can, because none of its rows was sent. */
    public Optional<Generation> firstNotCancellable() {
        return rows().filter(row -> !row.isCancellable()).findFirst();
    }

    /**
     * The next versions, cancelled. They have the copies that are not stored yet as well, so that a sweep that is about
     * to store those finds them cancelled.
     */
    public FanIn cancelled(Instant now) {
        var stored = copies.stream().collect(Collectors.toMap(Generation::id, Function.identity()));
        return new FanIn(
                original.cancelled(now),
                IntStream.rangeClosed(1, original.copyIds().size())
                        .mapToObj(number -> cancelledCopy(number, stored, now))
                        .toList());
    }

    private Generation cancelledCopy(int number, Map<GenerationId, Generation> stored, Instant now) {
        var copy = stored.get(original.id().copy(number));
        return copy == null ? original.cancelledCopy(number, now) : copy.cancelled(now);
    }

    /**
     * The next version of a row that fails in the queue, and the copies that are not stored yet, failed: a sweep that
     * is about to store those finds them ended. Copies that are stored end for themselves.
     */
    public FanIn failed(Failure failure, Instant now) {
        var stored = copies.stream().map(Generation::id).collect(Collectors.toSet());
        return new FanIn(
                original.failed(failure, now),
                IntStream.rangeClosed(1, original.copyIds().size())
                        .filter(number -> !stored.contains(original.id().copy(number)))
                        .mapToObj(number -> original.failedCopy(number, failure, now))
                        .toList());
    }

    /** Whether all rows have ended, nothing but copies of images is owed, and the generation is not deleted yet. */
    public boolean isDeletable() {
        return original.isDeletable() && copies.stream().allMatch(Generation::isDeletable);
    }

    /** The next versions, deleted. */
    public FanIn deleted(Instant now) {
        return new FanIn(
                original.deleted(now),
                copies.stream().map(copy -> copy.deleted(now)).toList());
    }

    /**
     * Stores these versions of the rows, all or none.
     *
     * @return the generation as another writer has left it, if one was first
     */
    public Optional<FanIn> write(GenerationStore store) {
        return writeRows(store).map(current -> of(current, store));
    }

    private Optional<Generation> writeRows(GenerationStore store) {
        if (!copies.isEmpty()) {
            return store.writeAll(rows().toList())
                    ? Optional.empty()
                    : Optional.of(store.find(original.id()).orElseThrow());
        }
        return store.update(original) instanceof Update.Conflict(var current) ? Optional.of(current) : Optional.empty();
    }

    /** The original first. */
    public Stream<Generation> rows() {
        return Stream.concat(Stream.of(original), copies.stream());
    }
}
