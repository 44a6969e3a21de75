/** A receiver of webhooks for developers. */
@NullMarked
package dev.darkroom.local.receiver;

import org.jspecify.annotations.NullMarked;
