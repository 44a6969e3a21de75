/** What the environment variables of a function may be. */
@NullMarked
package dev.darkroom.settings;

import org.jspecify.annotations.NullMarked;
