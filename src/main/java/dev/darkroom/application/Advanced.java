package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Instant;
import java.util.Optional;

/**
 * A row after a step.
 *
 * @param nextLook when it is worth looking at again; empty when its time decides nothing any more
 */
public record Advanced(Generation generation, Optional<Instant> nextLook) {}
