/** Checks a function's environment variables once when it starts. */
@NullMarked
package dev.darkroom.settings;

import org.jspecify.annotations.NullMarked;
