/** Webhooks to callers: their bodies, their standing endpoints, and the log of their deliveries. */
@NullMarked
package dev.darkroom.http.delivery;

import org.jspecify.annotations.NullMarked;
