/** Waiting for the end of a generation while its caller waits for the answer. */
@NullMarked
package dev.darkroom.core.waiting;

import org.jspecify.annotations.NullMarked;
