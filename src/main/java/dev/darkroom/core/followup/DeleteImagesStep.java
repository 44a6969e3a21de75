package dev.darkroom.core.followup;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;

/** Deletes the images of a row from the archive. */
public final class DeleteImagesStep {

    private final ImageArchive archive;

    public DeleteImagesStep(ImageArchive archive) {
        this.archive = archive;
    }

    /**
     * Deletes all of them. A repetition is harmless.
     *
     * @throws ArchiveUnavailableException when they have to be deleted again
     */
    public FollowUpResult attempt(GenerationId row, int count) {
        for (int number = 0; number < count; number++) {
            archive.delete(new ImageKey(row, number));
        }
        return new FollowUpResult.Done();
    }
}
