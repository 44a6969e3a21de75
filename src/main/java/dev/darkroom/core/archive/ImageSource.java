package dev.darkroom.core.archive;

import dev.darkroom.core.image.ImageBytes;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Fetches images from public addresses only. It never throws for what an address or its server does. */
public interface ImageSource {

    /**
     * Fetches the image at an address that a provider named. It ends by {@code deadline}, whatever the server does, and
     * needs memory for one image at most.
     */
    Fetched fetch(URI address, Instant deadline);

    /**
     * Why nothing may be fetched from the address, as far as the address itself says; empty when something may. It looks
     * up no name.
     */
    Optional<String> problem(URI address);

    /** The result of {@link #fetch}. Reasons are for people, and contain neither the address nor another secret. */
    sealed interface Fetched {

        /** The bytes, whatever they are. */
        record Content(ImageBytes bytes) implements Fetched {}

        /** It can never be fetched, because the address is not allowed: it is not https, or not public. */
        record NotAllowed(String reason) implements Fetched {}

        /** It can never be fetched, because what the address leads to is too large or too far away. */
        record Refused(String reason) implements Fetched {}

        /** It needs more memory than this function has for an image. A larger function can fetch it. */
        record Outgrown() implements Fetched {}

        /** It could not be fetched this time. */
        record Failed(String reason) implements Fetched {}
    }
}
