/** What the bytes of an image file say about it. */
@NullMarked
package dev.darkroom.core.image;

import org.jspecify.annotations.NullMarked;
