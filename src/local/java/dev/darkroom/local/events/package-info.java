/** The event bus of the local platform. */
@NullMarked
package dev.darkroom.local.events;

import org.jspecify.annotations.NullMarked;
