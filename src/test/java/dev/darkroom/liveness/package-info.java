/** How long good requests take beside some that are bad for good, in simulated time. */
@NullMarked
package dev.darkroom.liveness;

import org.jspecify.annotations.NullMarked;
