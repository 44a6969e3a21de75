package dev.darkroom.core.archive;

import dev.darkroom.core.image.ImageBytes;
import java.net.URI;
import java.time.Instant;

/** Fetches images from public addresses only. It never throws for what an address or its server does. */
public interface ImageSource {

    /**
     * Fetches the image at an address that a provider named. It ends by {@code deadline}, whatever the server does, and
     * needs memory for one image at most.
     */
    Fetched fetch(URI address, Instant deadline);

    /** The result of {@link #fetch}. Reasons are for people, and contain neither the address nor another secret. */
    sealed interface Fetched {

        /** The bytes, whatever they are. */
        record Content(ImageBytes bytes) implements Fetched {}

        /** It can never be fetched: the address is not allowed, or what it leads to is too large. */
        record Refused(String reason) implements Fetched {}

        /** It could not be fetched this time. */
        record Failed(String reason) implements Fetched {}
    }
}
