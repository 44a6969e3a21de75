/** Checks access by the declared policies. */
@NullMarked
package dev.darkroom.local.iam;

import org.jspecify.annotations.NullMarked;
