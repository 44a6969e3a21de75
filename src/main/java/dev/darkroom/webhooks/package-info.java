/** Sends webhooks to the receivers of callers. */
@NullMarked
package dev.darkroom.webhooks;

import org.jspecify.annotations.NullMarked;
