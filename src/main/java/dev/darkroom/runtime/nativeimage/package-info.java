/** What the native executable needs to be small. */
@NullMarked
package dev.darkroom.runtime.nativeimage;

import org.jspecify.annotations.NullMarked;
