/** Log events and metrics. */
@NullMarked
package dev.darkroom.observability;

import org.jspecify.annotations.NullMarked;
