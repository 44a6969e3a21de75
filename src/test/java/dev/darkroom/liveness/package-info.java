/** Measures in simulated time how long good requests and their tasks wait beside requests with permanent faults. */
@NullMarked
package dev.darkroom.liveness;

import org.jspecify.annotations.NullMarked;
