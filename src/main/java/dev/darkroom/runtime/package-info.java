/** Puts everything together: configuration and beans. */
@NullMarked
package dev.darkroom.runtime;

import org.jspecify.annotations.NullMarked;
