/** What was measured, where, and how it is printed. */
@NullMarked
package dev.darkroom.bench.report;

import org.jspecify.annotations.NullMarked;
