/** The figures, the machine that they come from, and their report. */
@NullMarked
package dev.darkroom.bench.report;

import org.jspecify.annotations.NullMarked;
