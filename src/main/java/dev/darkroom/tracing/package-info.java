/** Traces: a subsegment of X-Ray for each call of a service, and nothing without the parameter {@code tracing}. */
@NullMarked
package dev.darkroom.tracing;

import org.jspecify.annotations.NullMarked;
