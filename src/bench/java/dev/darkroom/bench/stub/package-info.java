/** Stubs for the services that the functions call. */
@NullMarked
package dev.darkroom.bench.stub;

import org.jspecify.annotations.NullMarked;
