/** Characters and digests of text. */
@NullMarked
package dev.darkroom.core.text;

import org.jspecify.annotations.NullMarked;
