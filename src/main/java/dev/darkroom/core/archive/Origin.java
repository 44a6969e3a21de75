package dev.darkroom.core.archive;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.image.ImageFacts;
import java.time.Instant;

/**
 * Where an image that is kept came from.
 *
 * @param generation as its owner knows it, not one of its copies
 * @param finishedAt when the image was finished
 */
public record Origin(Generation generation, Instant finishedAt, ImageFacts facts) {}
