package dev.darkroom.core.archive;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Images that are inside a provider's answer, as {@code data:} URIs. They go to the archive, and never into a row: two
 * rows at once in a process.
 */
public final class InlineImages {

    /** An answer of 8 MB needs three times as much until its images are stored. */
    private static final int AT_ONCE = 2;

    private static final ImageCopy NO_IMAGE =
            new ImageCopy.NotCopied("what the provider answered in place of an address is not an image");

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Optional<KeepImage> keeping;

    /** {@code keeping} is empty in a function without an archive. */
    public InlineImages(Optional<KeepImage> keeping) {
        this.keeping = keeping;
    }

    /**
     * The outputs with the facts of the images in place of their data.
     *
     * @param areImages whether all that was inside the answer were images
     */
    public record Stored(List<Output> outputs, boolean areImages) {
        public Stored {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Stores the images that are inside the answer. A repetition is harmless.
     *
     * @throws ArchiveUnavailableException when nothing may be lost, and the provider has to be asked again later
     */
    public Stored keep(Generation row, List<Output> outputs) {
        var archive = keeping.orElseThrow(() -> new ArchiveUnavailableException("this function has no archive"));
        if (!room.tryAcquire()) {
            throw new ArchiveUnavailableException("other images are being stored");
        }
        try {
            return keep(archive, row, outputs);
        } finally {
            room.release();
        }
    }

    private static Stored keep(KeepImage archive, Generation row, List<Output> outputs) {
        var kept = new ArrayList<Output>();
        for (var output : outputs) {
            kept.add(output.isInline() ? keep(archive, row, kept.size(), output) : output);
        }
        return new Stored(kept, kept.stream().noneMatch(output -> output.copy().equals(NO_IMAGE)));
    }

    private static Output keep(KeepImage archive, Generation row, int number, Output output) {
        var key = new ImageKey(row.id(), number);
        var copy = DataUri.decoded(output.url())
                .map(bytes -> archive.keep(row.owner(), key, bytes))
                .orElseGet(KeepImage.Result.NoImage::new);
        return new Output(
                "",
                output.nsfw(),
                switch (copy) {
                    case KeepImage.Result.Kept(var facts) -> new ImageCopy.Kept(facts);
                    case KeepImage.Result.Exists() -> new ImageCopy.Kept(archive.existing(row.owner(), key));
                    case KeepImage.Result.NoImage() -> NO_IMAGE;
                });
    }

    /**
     * Deletes what was stored for a row that has ended without these images, or was deleted meanwhile.
     *
     * @throws ArchiveUnavailableException when an image may remain; it expires with the others
     */
    public void discard(Generation row, List<Output> kept) {
        for (int number = 0; number < kept.size(); number++) {
            if (kept.get(number).url().isEmpty()) {
                var key = new ImageKey(row.id(), number);
                keeping.ifPresent(archive -> archive.discard(key));
            }
        }
    }
}
