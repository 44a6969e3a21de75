/** Benchmarks. They print figures and assert nothing. */
@NullMarked
package dev.darkroom.bench;

import org.jspecify.annotations.NullMarked;
