package dev.darkroom.core.archive;

import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the images of a completed generation, for a caller that gets the images themselves. */
public final class ReadImages {

    private final GenerationStore store;
    private final Optional<ImageArchive> archive;
    private final ImageAtProvider atProvider;
    private final ImageRetention retention;

    /** {@code archive} is empty in a function without one. */
    public ReadImages(
            GenerationStore store, Optional<ImageArchive> archive, ImageSource source, ImageRetention retention) {
        this.store = store;
        this.archive = archive;
        this.atProvider = new ImageAtProvider(source, retention);
        this.retention = retention;
    }

    /** The result of {@link #read}. */
    public sealed interface Images {

        /** All of them, in their order. */
        record Read(List<ImageBytes> images) implements Images {

            public Read {
                images = List.copyOf(images);
            }
        }

        /** Together they are larger than the limit. */
        record TooLarge() implements Images {}

        /** At least one could not be read this time. */
        record Unavailable() implements Images {}

        /** At least one has expired or can never be fetched, or the generation was deleted. */
        record Gone() implements Images {}
    }

    private record Image(ImageKey key, Output output, Instant finishedAt) {}

    /**
     * Reads them from the archive, and from the provider as long as they are not copied.
     *
     * @param maxBytes of all images together
     * @param deadline by which calls to a provider end
     */
    public Images read(GenerationId id, long maxBytes, Instant deadline) {
        var images = images(id);
        if (images.isEmpty()) {
            return new Images.Gone();
        }
        var read = new ArrayList<ImageBytes>();
        long left = maxBytes - images.stream().mapToLong(ReadImages::knownSize).sum();
        for (var image : images) {
            if (left < 0) {
                return new Images.TooLarge();
            }
            if (isGone(image)) {
                return new Images.Gone();
            }
            var fetched = fromArchive(image)
                    .<Fetched>map(Fetched.Content::new)
                    .orElseGet(() -> atProvider.fetch(image.output(), image.finishedAt(), deadline));
            switch (fetched) {
                case Fetched.Content(var bytes) -> {
                    left += knownSize(image) - bytes.size();
                    read.add(bytes);
                }
                case Fetched.Failed _, Fetched.Outgrown _ -> {
                    return new Images.Unavailable();
                }
                case Fetched.NotAllowed _, Fetched.Refused _ -> {
                    return new Images.Gone();
                }
            }
        }
        return left < 0 ? new Images.TooLarge() : new Images.Read(read);
    }

    private boolean isGone(Image image) {
        return image.output().copy() instanceof ImageCopy.NotAllowed
                || retention.placeOf(image.output(), image.finishedAt()) == ImageRetention.Place.EXPIRED;
    }

    private List<Image> images(GenerationId id) {
        return store.find(id).filter(row -> !row.isDeleted()).stream()
                .flatMap(row -> FanIn.of(row, store).rows())
                .flatMap(ReadImages::images)
                .toList();
    }

    private static Stream<Image> images(Generation row) {
        return row.state() instanceof State.Completed completed
                ? IntStream.range(0, completed.outputs().size())
                        .mapToObj(number -> new Image(
                                new ImageKey(row.id(), number),
                                completed.outputs().get(number),
                                completed.finishedAt()))
                : Stream.of();
    }

    /** 0 until the image is copied. */
    private static long knownSize(Image image) {
        return image.output().copy() instanceof ImageCopy.Kept(var facts) ? facts.bytes() : 0;
    }

    private Optional<ImageBytes> fromArchive(Image image) {
        if (!(image.output().copy() instanceof ImageCopy.Kept)) {
            return Optional.empty();
        }
        try {
            return archive.map(images -> images.read(image.key()));
        } catch (ArchiveUnavailableException _) {
            return Optional.empty();
        }
    }
}
