/**
 * Runs a few processes in every order, with failing calls and dying processes, and checks what must hold after each
 * run.
 */
@NullMarked
package dev.darkroom.explorer;

import org.jspecify.annotations.NullMarked;
