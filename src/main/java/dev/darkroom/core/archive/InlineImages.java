package dev.darkroom.core.archive;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.ImageBytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Images that are inside a provider's answer, as {@code data:} URIs. They go to the archive, and never into a row. */
public final class InlineImages {

    private static final String BASE64 = ";base64,";
    private static final ImageCopy NO_IMAGE =
            new ImageCopy.NotCopied("what the provider answered in place of an address is not an image");

    private final Optional<KeepImage> keeping;

    /** {@code keeping} is empty in a function without an archive. */
    public InlineImages(Optional<KeepImage> keeping) {
        this.keeping = keeping;
    }

    /**
     * Stores the images that are inside the answer. A repetition is harmless.
     *
     * @return the outputs with the facts of these images in place of their data
     * @throws ArchiveUnavailableException when nothing may be lost, and the provider has to be asked again later
     */
    public List<Output> keep(Generation row, List<Output> outputs) {
        var archive = keeping.orElseThrow(() -> new ArchiveUnavailableException("this function has no archive"));
        var kept = new ArrayList<Output>();
        for (var output : outputs) {
            kept.add(output.isInline() ? keep(archive, row, kept.size(), output) : output);
        }
        return kept;
    }

    private static Output keep(KeepImage archive, Generation row, int number, Output output) {
        var copy = decoded(output.url())
                .flatMap(bytes -> archive.keep(row.owner(), new ImageKey(row.id(), number), bytes))
                .<ImageCopy>map(ImageCopy.Kept::new)
                .orElse(NO_IMAGE);
        return new Output("", output.nsfw(), copy);
    }

    private static Optional<ImageBytes> decoded(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0 || !uri.substring(0, comma + 1).toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ImageBytes(Base64.getDecoder().decode(uri.substring(comma + 1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
