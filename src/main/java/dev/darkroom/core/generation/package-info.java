/** A generation as a value: its state, and the only place that decides its next step. */
@NullMarked
package dev.darkroom.core.generation;

import org.jspecify.annotations.NullMarked;
