/** Delivers webhooks to callers, and manages where they go. */
@NullMarked
package dev.darkroom.core.delivery;

import org.jspecify.annotations.NullMarked;
