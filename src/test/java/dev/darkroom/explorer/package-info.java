/** Every order in which a few processes can run into each other, fail and die, and what must hold after each. */
@NullMarked
package dev.darkroom.explorer;

import org.jspecify.annotations.NullMarked;
