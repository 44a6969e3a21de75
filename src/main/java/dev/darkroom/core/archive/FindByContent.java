package dev.darkroom.core.archive;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.store.GenerationStore;
import java.util.Optional;

/** Finds the generation that an image of an owner came from, by the content of the file. */
public final class FindByContent {

    private final ImageIndex index;
    private final GenerationStore store;

    public FindByContent(ImageIndex index, GenerationStore store) {
        this.index = index;
        this.store = store;
    }

    /** Empty when no image of this owner has the content, or its generation was deleted. */
    public Optional<Origin> find(Owner owner, ContentHash content) {
        return index.find(owner, content)
                .flatMap(key -> store.find(key.row())
                        .filter(row -> row.owner().equals(owner) && !row.isDeleted())
                        .flatMap(row -> origin(row, key.number(), content)));
    }

    private Optional<Origin> origin(Generation row, int number, ContentHash content) {
        if (!(row.state() instanceof State.Completed completed)
                || number >= completed.outputs().size()
                || !(completed.outputs().get(number).copy() instanceof ImageCopy.Kept(var facts))
                || !facts.sha256().equals(content)) {
            return Optional.empty();
        }
        var original = row.request().original();
        return (original == null ? Optional.of(row) : store.find(original))
                .map(generation -> new Origin(generation, completed.finishedAt(), facts));
    }
}
