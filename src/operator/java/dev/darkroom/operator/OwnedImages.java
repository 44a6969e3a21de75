package dev.darkroom.operator;

import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.OwnerIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the images of generations, with those that were deleted. */
final class OwnedImages {

    /** As many as one batch read takes. */
    private static final int MAX_BATCH = 100;

    private final OwnerIndex index;
    private final Consumer<String> unreadable;

    /** {@code unreadable} gets the ids of rows that cannot be read. */
    OwnedImages(OwnerIndex index, Consumer<String> unreadable) {
        this.index = index;
        this.unreadable = unreadable;
    }

    /**
     * The images of those ids that are completed generations, the oldest generation first. Ids of copies are left out,
     * because their images belong to another generation.
     */
    List<OwnedImage> of(List<GenerationId> ids) {
        var generations = rows(ids).values().stream()
                .filter(row -> !row.isCopy())
                .sorted(Comparator.comparing(Generation::createdAt)
                        .thenComparing(row -> row.id().value()))
                .toList();
        var copies =
                rows(generations.stream().flatMap(row -> row.copyIds().stream()).toList());
        return generations.stream()
                .map(row -> new FanIn(
                        row,
                        row.copyIds().stream()
                                .flatMap(id -> Optional.ofNullable(copies.get(id)).stream())
                                .toList()))
                // The numbers of the images are known when the last row has ended.
                .filter(rows -> rows.generation().state().status().isTerminal())
                .flatMap(rows -> images(rows).stream())
                .toList();
    }

    private static List<OwnedImage> images(FanIn rows) {
        var images = new ArrayList<OwnedImage>();
        rows.rows().forEach(row -> {
            if (row.state() instanceof State.Completed completed) {
                for (int own = 0; own < completed.outputs().size(); own++) {
                    images.add(new OwnedImage(
                            rows.original(),
                            images.size(),
                            new ImageKey(row.id(), own),
                            completed.outputs().get(own),
                            completed.finishedAt()));
                }
            }
        });
        return images;
    }

    private Map<GenerationId, Generation> rows(List<GenerationId> ids) {
        var found = new ArrayList<Generation>();
        for (int from = 0; from < ids.size(); from += MAX_BATCH) {
            var batch = index.rows(ids.subList(from, Math.min(ids.size(), from + MAX_BATCH)));
            batch.unreadable().forEach(unreadable);
            found.addAll(batch.readable());
        }
        return found.stream().collect(Collectors.toMap(Generation::id, Function.identity()));
    }
}
