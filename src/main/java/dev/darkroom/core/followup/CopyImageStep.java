package dev.darkroom.core.followup;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ArchiveUnavailableException;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.archive.KeepImage;
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
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Copies an image from its provider to the archive, four at once in a process. */
public final class CopyImageStep {

    /** An image has 32 MB at most, so four need 128 MB. */
    private static final int AT_ONCE = 4;

    private static final Duration FETCH_LIMIT = Duration.ofSeconds(15);

    private final Semaphore room = new Semaphore(AT_ONCE);

    /** Images that have failed before get half of the room, so that many slow ones leave some to the others. */
    private final Semaphore roomOfFailing = new Semaphore(AT_ONCE / 2);

    private final ImageSource source;
    private final KeepImage keepImage;
    private final GenerationListener listener;
    private final InstantSource clock;

    public CopyImageStep(ImageSource source, KeepImage keepImage, GenerationListener listener, InstantSource clock) {
        this.source = source;
        this.keepImage = keepImage;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Copies the image bit by bit. A repetition stores nothing and finds the same facts. It does not wait for room,
     * because a step that waits would take a place in its sweep from another row.
     *
     * @throws ArchiveUnavailableException when the image has to be stored again
     */
    public FollowUpResult attempt(int number, Generation ended) {
        if (ended.isDeleted()
                || !(ended.state() instanceof State.Completed completed)
                || number >= completed.outputs().size()) {
            return new FollowUpResult.Done();
        }
        var key = new ImageKey(ended.id(), number);
        var url = completed.outputs().get(number).url();
        return hasFailed(number, ended)
                ? within(roomOfFailing, () -> within(room, () -> copy(ended.owner(), key, url)))
                : within(room, () -> copy(ended.owner(), key, url));
    }

    private static boolean hasFailed(int number, Generation ended) {
        var action = new CopyImage(number);
        return ended.followUps().stream().anyMatch(owed -> owed.action().equals(action) && owed.attempts() > 0);
    }

    private static FollowUpResult within(Semaphore room, Supplier<FollowUpResult> attempt) {
        if (!room.tryAcquire()) {
            return new FollowUpResult.NoRoom();
        }
        try {
            return attempt.get();
        } finally {
            room.release();
        }
    }

    private FollowUpResult copy(Owner owner, ImageKey key, String url) {
        var address = address(url);
        if (address.isEmpty()) {
            return notAllowed(key, "the provider's address of the image is not valid");
        }
        return switch (source.fetch(address.get(), clock.instant().plus(FETCH_LIMIT))) {
            case Fetched.Content(var bytes) -> keep(owner, key, bytes);
            case Fetched.NotAllowed(var reason) -> notAllowed(key, reason);
            case Fetched.Refused(var reason) -> notCopied(key, reason);
            case Fetched.Failed(var reason) -> again(key, reason);
        };
    }

    private static Optional<URI> address(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** What is no image, such as a page that says that the server is down, may be one the next time. */
    private FollowUpResult keep(Owner owner, ImageKey key, ImageBytes bytes) {
        return keepImage
                .keep(owner, key, bytes)
                .map(facts -> kept(key, facts))
                .orElseGet(() -> again(key, "what the provider's address leads to is not an image"));
    }

    private static FollowUpResult kept(ImageKey key, ImageFacts facts) {
        return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.Kept(facts));
    }

    private static FollowUpResult notCopied(ImageKey key, String reason) {
        return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.NotCopied(reason));
    }

    private static FollowUpResult notAllowed(ImageKey key, String reason) {
        return new FollowUpResult.ImageCopied(key.number(), new ImageCopy.NotAllowed(reason));
    }

    private FollowUpResult again(ImageKey key, String reason) {
        listener.imageCopyFailed(key.row(), key.number(), reason);
        return new FollowUpResult.TryAgain();
    }
}
