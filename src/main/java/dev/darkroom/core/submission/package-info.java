/** From a request to the one paid call. */
@NullMarked
package dev.darkroom.core.submission;

import org.jspecify.annotations.NullMarked;
