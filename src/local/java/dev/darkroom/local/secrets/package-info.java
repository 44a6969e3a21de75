/** The store of secrets of the local platform. */
@NullMarked
package dev.darkroom.local.secrets;

import org.jspecify.annotations.NullMarked;
