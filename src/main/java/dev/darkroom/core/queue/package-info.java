/** Submits queued rows, as a source of steps for a sweep. */
@NullMarked
package dev.darkroom.core.queue;

import org.jspecify.annotations.NullMarked;
