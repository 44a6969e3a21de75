/** Runs the core in simulated time, on virtual threads whose order the test decides. */
@NullMarked
package dev.darkroom.simulation;

import org.jspecify.annotations.NullMarked;
