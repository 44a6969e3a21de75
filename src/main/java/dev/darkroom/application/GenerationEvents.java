package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;

/** Is told what happens, so that it can be logged and counted. It never throws. */
public interface GenerationEvents {

    /** This version of the row was written, by us. */
    void written(Generation generation);

    /** A step ended in an exception; the sweep goes on and tries that row again. */
    void stepFailed(GenerationId id, RuntimeException cause);
}
