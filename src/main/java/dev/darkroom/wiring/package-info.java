/** Producers that put the core together; the core itself has no framework annotations. */
@NullMarked
package dev.darkroom.wiring;

import org.jspecify.annotations.NullMarked;
