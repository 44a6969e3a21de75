package dev.darkroom.core.archive;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.inspect.Inspection;
import java.util.Optional;

/** Stores an image in the archive, bit by bit, and makes it known by its content. */
public final class KeepImage {

    private final ImageArchive archive;
    private final ImageIndex index;

    public KeepImage(ImageArchive archive, ImageIndex index) {
        this.archive = archive;
        this.index = index;
    }

    /**
     * Stores the image. A repetition stores nothing, even with other bytes: what is there stays.
     *
     * @return the facts of what the archive has now; empty when the bytes are no image, so that nothing was stored
     * @throws ArchiveUnavailableException when the image has to be stored again
     */
    public Optional<ImageFacts> keep(Owner owner, ImageKey key, ImageBytes bytes) {
        var kept = Inspection.of(bytes).map(facts -> stored(key, bytes, facts));
        kept.ifPresent(facts -> index.add(owner, facts.sha256(), key));
        return kept;
    }

    private ImageFacts stored(ImageKey key, ImageBytes bytes, ImageFacts facts) {
        return switch (archive.store(key, bytes, facts)) {
            case Stored.Written _, Stored.Already _ -> facts;
            // An earlier attempt stored the image and died before its row was written.
            case Stored.Conflict _ ->
                archive.read(key)
                        .flatMap(Inspection::of)
                        .orElseThrow(() -> new ArchiveUnavailableException(
                                "the archive has something else under the image's name"));
        };
    }
}
