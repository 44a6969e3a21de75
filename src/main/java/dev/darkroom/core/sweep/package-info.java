/** Advances the due rows of some shards, under leases. */
@NullMarked
package dev.darkroom.core.sweep;

import org.jspecify.annotations.NullMarked;
