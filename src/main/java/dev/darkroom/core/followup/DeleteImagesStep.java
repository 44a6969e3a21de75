package dev.darkroom.core.followup;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.GenerationListener;

/** Deletes the images of a row from the archive. */
public final class DeleteImagesStep {

    private final ImageArchive archive;
    private final GenerationListener listener;

    public DeleteImagesStep(ImageArchive archive, GenerationListener listener) {
        this.archive = archive;
        this.listener = listener;
    }

    /** Deletes all of them. A repetition is harmless. */
    public FollowUpResult attempt(GenerationId row, int count) {
        try {
            for (int number = 0; number < count; number++) {
                archive.delete(new ImageKey(row, number));
            }
            return new FollowUpResult.Done();
        } catch (ArchiveUnavailableException e) {
            listener.imageDeletionFailed(row, String.valueOf(e.getMessage()));
            return new FollowUpResult.TryAgain();
        }
    }
}
