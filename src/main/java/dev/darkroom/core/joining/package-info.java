/** Which generation the request of a client gets that repeats requests without an idempotency key. */
@NullMarked
package dev.darkroom.core.joining;

import org.jspecify.annotations.NullMarked;
