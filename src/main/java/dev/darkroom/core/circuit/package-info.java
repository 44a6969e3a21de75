/** Circuit breakers. */
@NullMarked
package dev.darkroom.core.circuit;

import org.jspecify.annotations.NullMarked;
