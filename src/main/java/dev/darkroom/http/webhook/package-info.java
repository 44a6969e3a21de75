/** The webhooks of the providers. */
@NullMarked
package dev.darkroom.http.webhook;

import org.jspecify.annotations.NullMarked;
