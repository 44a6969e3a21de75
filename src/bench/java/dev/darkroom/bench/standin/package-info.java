/** What takes the place of the services that the functions call. */
@NullMarked
package dev.darkroom.bench.standin;

import org.jspecify.annotations.NullMarked;
