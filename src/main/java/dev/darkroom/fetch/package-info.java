/** Fetches images from addresses that others named, without reaching anything that is not public. */
@NullMarked
package dev.darkroom.fetch;

import org.jspecify.annotations.NullMarked;
