/** Amounts of money, limits on them, and what a generation costs. Whole micro-dollars only: no floating point. */
@NullMarked
package dev.darkroom.core.money;

import org.jspecify.annotations.NullMarked;
