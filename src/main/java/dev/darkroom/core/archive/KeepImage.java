package dev.darkroom.core.archive;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageArchive.Stored;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.image.inspect.Inspection;

/** Stores an image in the archive, bit by bit, and makes it known by its content. */
public final class KeepImage {

    private final ImageArchive archive;
    private final ImageIndex index;

    public KeepImage(ImageArchive archive, ImageIndex index) {
        this.archive = archive;
        this.index = index;
    }

    /** The result of {@link #keep}. */
    public sealed interface Result {

        record Kept(ImageFacts facts) implements Result {}

        /** An earlier attempt has stored an image, perhaps another one, whose facts {@link #existing} reads. */
        record Exists() implements Result {}

        /** The bytes are no image of a format that is kept, so nothing was stored. */
        record NoImage() implements Result {}
    }

    /**
     * Stores the image. A repetition stores nothing, even with other bytes: what is there stays.
     *
     * @throws ArchiveUnavailableException when the image has to be stored again
     */
    public Result keep(Owner owner, ImageKey key, ImageBytes bytes) {
        return Inspection.of(bytes)
                .map(facts -> store(owner, key, bytes, facts))
                .orElseGet(Result.NoImage::new);
    }

    private Result store(Owner owner, ImageKey key, ImageBytes bytes, ImageFacts facts) {
        return switch (archive.store(key, bytes, facts)) {
            case Stored.Written() -> new Result.Kept(known(owner, key, facts));
            case Stored.Exists() -> new Result.Exists();
        };
    }

    /**
     * The facts of the image that the archive has under the key.
     *
     * @throws ArchiveUnavailableException when it cannot be read, or is no image
     */
    public ImageFacts existing(Owner owner, ImageKey key) {
        var facts = Inspection.of(archive.read(key))
                .orElseThrow(
                        () -> new ArchiveUnavailableException("the archive has something else under the image's name"));
        return known(owner, key, facts);
    }

    private ImageFacts known(Owner owner, ImageKey key, ImageFacts facts) {
        index.add(owner, facts.sha256(), key);
        return facts;
    }

    /** Deletes an image that was stored for a row that does not have it. A repetition is harmless. */
    void discard(ImageKey key) {
        archive.delete(key);
    }
}
