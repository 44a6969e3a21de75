/** The links of images. They need no API key. */
@NullMarked
package dev.darkroom.http.image;

import org.jspecify.annotations.NullMarked;
