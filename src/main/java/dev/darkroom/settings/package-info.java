/** What a function's environment variables may be, checked once when it starts. */
@NullMarked
package dev.darkroom.settings;

import org.jspecify.annotations.NullMarked;
