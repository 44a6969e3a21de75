package dev.darkroom.core.archive;

import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long images can be opened: at the provider for a week, in the archive for as long as it keeps them. */
public final class ImageRetention {

    private final Duration kept;
    private final InstantSource clock;

    /** {@code kept} is how long the archive keeps an image after it was stored. */
    public ImageRetention(Duration kept, InstantSource clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /** Where an image can be found now. */
    public enum Place {
        AT_PROVIDER,
        KEPT,
        /** Only at the provider, which deletes it; the copy was given up. */
        NOT_COPIED,
        EXPIRED
    }

    /** {@code finishedAt} is when the generation of the image ended. */
    public Place placeOf(Output output, Instant finishedAt) {
        return switch (output.copy()) {
            case ImageCopy.Kept _ -> isWithin(kept, finishedAt) ? Place.KEPT : Place.EXPIRED;
            case ImageCopy.AtProvider _ -> isAtProvider(finishedAt) ? Place.AT_PROVIDER : Place.EXPIRED;
            case ImageCopy.NotCopied _, ImageCopy.NotAllowed _ -> Place.NOT_COPIED;
        };
    }

    /** Whether the provider still has the images of a generation that ended then. */
    public boolean isAtProvider(Instant finishedAt) {
        return isWithin(ImageCopy.KEPT_BY_PROVIDERS, finishedAt);
    }

    /** When images that are kept from then on expire. */
    public Instant expiryOf(Instant keptAt) {
        return keptAt.plus(kept);
    }

    private boolean isWithin(Duration time, Instant since) {
        return clock.instant().isBefore(since.plus(time));
    }
}
