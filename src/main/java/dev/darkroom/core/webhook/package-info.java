/** What a webhook to a caller is: its target, schedule, secrets and signatures, and the log of its deliveries. */
@NullMarked
package dev.darkroom.core.webhook;

import org.jspecify.annotations.NullMarked;
