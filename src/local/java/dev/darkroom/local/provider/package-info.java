/** The simulator of the provider. */
@NullMarked
package dev.darkroom.local.provider;

import org.jspecify.annotations.NullMarked;
