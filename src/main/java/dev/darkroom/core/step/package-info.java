/** Advancing a generation by the one step that it needs next. */
@NullMarked
package dev.darkroom.core.step;

import org.jspecify.annotations.NullMarked;
