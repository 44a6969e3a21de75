/** Makes the beans of the core from their settings: a producer class for each part of the core. */
@NullMarked
package dev.darkroom.runtime.wiring;

import org.jspecify.annotations.NullMarked;
