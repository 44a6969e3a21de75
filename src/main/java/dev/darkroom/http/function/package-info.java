/** The functions that serve more than one dialect. */
@NullMarked
package dev.darkroom.http.function;

import org.jspecify.annotations.NullMarked;
