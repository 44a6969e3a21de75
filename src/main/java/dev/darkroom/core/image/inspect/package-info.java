/** Reads formats, sizes and marks from the bytes of image files. Nothing is decoded, and no file is changed. */
@NullMarked
package dev.darkroom.core.image.inspect;

import org.jspecify.annotations.NullMarked;
