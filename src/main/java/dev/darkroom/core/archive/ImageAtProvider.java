package dev.darkroom.core.archive;

import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.inspect.Inspection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;

/** Fetches images from their provider, as long as it has them. */
final class ImageAtProvider {

    private final ImageSource source;
    private final ImageRetention retention;

    ImageAtProvider(ImageSource source, ImageRetention retention) {
        this.source = source;
        this.retention = retention;
    }

    /** {@code finishedAt} is when the generation of the image ended. What is no image counts as failed. */
    Fetched fetch(Output output, Instant finishedAt, Instant deadline) {
        return address(output)
                .filter(_ -> retention.isAtProvider(finishedAt))
                .map(address -> checked(source.fetch(address, deadline)))
                .orElseGet(() -> new Fetched.Refused("the provider does not have the image any more"));
    }

    /** A page that says that the server is down is no image, and may be one the next time. */
    private static Fetched checked(Fetched fetched) {
        return fetched instanceof Fetched.Content(var bytes)
                        && Inspection.of(bytes).isEmpty()
                ? new Fetched.Failed("what the provider's address leads to is not an image")
                : fetched;
    }

    private static Optional<URI> address(Output output) {
        try {
            return Optional.of(new URI(output.url())).filter(URI::isAbsolute);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
