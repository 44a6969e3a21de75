package dev.darkroom.core.submission;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.LinkToken;
import java.util.Optional;

/** The random values of new generations. */
@FunctionalInterface
public interface NewIds {

    /** An id that no other generation has. */
    GenerationId next();

    /** A token that cannot be guessed; empty when the gateway does not keep images. */
    default Optional<LinkToken> linkToken() {
        return Optional.empty();
    }
}
