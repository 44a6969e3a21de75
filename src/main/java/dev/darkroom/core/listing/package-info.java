/** An owner's list of its generations: pages of it, and deletion from it. It never calls a provider. */
@NullMarked
package dev.darkroom.core.listing;

import org.jspecify.annotations.NullMarked;
