package dev.darkroom.core.followup;

import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.archive.KeepImage;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.core.store.GenerationListener;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Copies an image from its provider to the archive, four at once in a process. */
public final class CopyImageStep {

    /** A slow image leaves its place to others soon, and gets more time with those that have failed before. */
    private static final Duration FIRST_FETCH = Duration.ofSeconds(5);

    private static final Duration FETCH = Duration.ofSeconds(15);

    /** A page that says that the server is down may be an image later, but not after so long. */
    private static final Duration NO_IMAGE_FOR = Duration.ofDays(1);

    private final ImageSource source;
    private final KeepImage keepImage;
    private final GenerationListener listener;
    private final InstantSource clock;
    private final CopyRoom room;

    public CopyImageStep(ImageSource source, KeepImage keepImage, GenerationListener listener, InstantSource clock) {
        this.source = source;
        this.keepImage = keepImage;
        this.listener = listener;
        this.clock = clock;
        this.room = new CopyRoom(clock);
    }

    /**
     * Copies the image bit by bit. A repetition stores nothing and finds the same facts. It does not wait for room,
     * because a step that waits would take a place in its sweep from another row.
     */
    public FollowUpResult attempt(int number, Generation ended) {
        var owed = ended.followUps().stream()
                .filter(followUp -> followUp.action().equals(new CopyImage(number)))
                .findFirst();
        if (owed.isEmpty()
                || ended.isDeleted()
                || !(ended.state() instanceof State.Completed completed)
                || number >= completed.outputs().size()) {
            return new FollowUpResult.Done();
        }
        var copy = new Copy(new ImageKey(ended.id(), number), ended, owed.get());
        var address = address(completed.outputs().get(number).url());
        return address.isEmpty()
                ? copy.notAllowed("the provider's address of the image is not valid")
                : room.within(copy.hasFailed(), () -> copy.attempt(address.get()));
    }

    private static Optional<URI> address(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** The copy of one image. */
    private final class Copy {

        private final ImageKey key;
        private final Generation row;
        private final FollowUp owed;

        Copy(ImageKey key, Generation row, FollowUp owed) {
            this.key = key;
            this.row = row;
            this.owed = owed;
        }

        boolean hasFailed() {
            return owed.attempts() > 0;
        }

        /**
         * The fetched bytes are out of reach before those of the archive are read: both together would need the memory
         * of two images.
         */
        FollowUpResult attempt(URI address) {
            try {
                return fetched(address).orElseGet(() -> kept(keepImage.existing(row.owner(), key)));
            } catch (ArchiveUnavailableException e) {
                return again(String.valueOf(e.getMessage()));
            }
        }

        /** Empty when the archive has an image under this key already. */
        private Optional<FollowUpResult> fetched(URI address) {
            var limit = hasFailed() ? FETCH : FIRST_FETCH;
            return switch (source.fetch(address, clock.instant().plus(limit))) {
                case Fetched.Content(var bytes) -> stored(bytes);
                case Fetched.NotAllowed(var reason) -> Optional.of(notAllowed(reason));
                case Fetched.Refused(var reason) -> Optional.of(notCopied(reason));
                case Fetched.Outgrown() -> Optional.of(new FollowUpResult.Outgrown());
                case Fetched.Failed(var reason) -> Optional.of(again(reason));
            };
        }

        private Optional<FollowUpResult> stored(ImageBytes bytes) {
            return switch (keepImage.keep(row.owner(), key, bytes)) {
                case KeepImage.Result.Kept(var facts) -> Optional.of(kept(facts));
                case KeepImage.Result.Exists() -> Optional.empty();
                case KeepImage.Result.NoImage() -> Optional.of(noImage());
            };
        }

        private FollowUpResult noImage() {
            var reason = "what the provider's address leads to is not an image of a kept format";
            return clock.instant().isBefore(owed.since().plus(NO_IMAGE_FOR)) ? again(reason) : notCopied(reason);
        }

        private FollowUpResult kept(ImageFacts facts) {
            return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.Kept(facts));
        }

        FollowUpResult notAllowed(String reason) {
            return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.NotAllowed(reason));
        }

        private FollowUpResult notCopied(String reason) {
            return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.NotCopied(reason));
        }

        private FollowUpResult again(String reason) {
            listener.imageCopyFailed(key.row(), key.number(), reason);
            return new FollowUpResult.TryAgain();
        }
    }
}
