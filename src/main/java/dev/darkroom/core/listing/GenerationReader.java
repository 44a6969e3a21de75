package dev.darkroom.core.listing;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.OwnerIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads generations of an owner with their copies. A generation with a row that cannot be read is left out. */
final class GenerationReader {

    /** As many as one batch read takes. */
    static final int MAX_BATCH = 100;

    private final OwnerIndex index;
    private final GenerationListener listener;

    GenerationReader(OwnerIndex index, GenerationListener listener) {
        this.index = index;
        this.listener = listener;
    }

    /**
     * Those of the ids that are generations of the owner and are not deleted, in no particular order.
     *
     * @param ids {@link #MAX_BATCH} at most
     */
    List<FanIn> read(Owner owner, List<GenerationId> ids) {
        var read = readOnce(owner, ids);
        var torn = read.stream()
                .filter(FanIn::isTorn)
                .map(generation -> generation.original().id())
                .toList();
        return torn.isEmpty()
                ? read
                : Stream.concat(
                                read.stream().filter(generation -> !generation.isTorn()),
                                readOnce(owner, torn).stream())
                        .toList();
    }

    /** Of a generation whose own row still runs the copies say nothing more, so they are not read. */
    private List<FanIn> readOnce(Owner owner, List<GenerationId> ids) {
        var own = rows(ids, UnaryOperator.identity(), new HashSet<>()).values().stream()
                .filter(row -> row.owner().equals(owner) && !row.isDeleted() && !row.isCopy())
                .toList();
        var unreadable = new HashSet<String>();
        var copies = copies(
                own.stream().filter(row -> row.state().status().isTerminal()).toList(), unreadable);
        return own.stream()
                .filter(row -> row.copyIds().stream().noneMatch(id -> unreadable.contains(id.value())))
                .map(row -> new FanIn(
                        row,
                        row.copyIds().stream()
                                .flatMap(id -> Optional.ofNullable(copies.get(id)).stream())
                                .toList()))
                .toList();
    }

    /** A copy has the input of its generation, which may have 256 KB, so all rows of a generation share one text. */
    private Map<GenerationId, Generation> copies(List<Generation> originals, Set<String> unreadable) {
        var byCopy = new LinkedHashMap<GenerationId, Generation>();
        originals.forEach(original -> original.copyIds().forEach(copy -> byCopy.put(copy, original)));
        return rows(
                List.copyOf(byCopy.keySet()),
                copy -> copy.sharingInputOf(byCopy.getOrDefault(copy.id(), copy)),
                unreadable);
    }

    /**
     * Reads rows in batches.
     *
     * @param kept what is kept of a row
     * @param unreadable receives the ids of the rows that cannot be read
     */
    private Map<GenerationId, Generation> rows(
            List<GenerationId> ids, UnaryOperator<Generation> kept, Set<String> unreadable) {
        var found = new ArrayList<Generation>();
        for (int from = 0; from < ids.size(); from += MAX_BATCH) {
            var batch = index.rows(ids.subList(from, Math.min(ids.size(), from + MAX_BATCH)));
            batch.unreadable().forEach(listener::rowUnreadable);
            unreadable.addAll(batch.unreadable());
            batch.readable().forEach(row -> found.add(kept.apply(row)));
        }
        return found.stream().collect(Collectors.toMap(Generation::id, Function.identity()));
    }
}
