/** The port to the image provider, and the outcomes of its calls. */
@NullMarked
package dev.darkroom.core.provider;

import org.jspecify.annotations.NullMarked;
