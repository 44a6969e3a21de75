package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Instant;
import java.util.Optional;

/**
 * A row after a step.
 *
 * @param nextLook when it is worth looking at again; empty when it is terminal
 */
public record Advanced(Generation generation, Optional<Instant> nextLook) {}
