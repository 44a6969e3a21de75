/** What may be submitted now and what waits: rate limit, circuits and fair queue of the whole gateway. */
@NullMarked
package dev.darkroom.core.ratelimit;

import org.jspecify.annotations.NullMarked;
