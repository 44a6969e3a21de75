/** Waiting: for the end of a generation while its caller waits for the answer, and for what other threads do. */
@NullMarked
package dev.darkroom.core.waiting;

import org.jspecify.annotations.NullMarked;
