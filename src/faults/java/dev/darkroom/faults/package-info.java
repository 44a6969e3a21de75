/** Checks which promises hold when everything fails at once. */
@NullMarked
package dev.darkroom.faults;

import org.jspecify.annotations.NullMarked;
