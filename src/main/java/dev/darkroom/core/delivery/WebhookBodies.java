package dev.darkroom.core.delivery;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.webhook.WebhookForm;

/** Writes the bodies of webhooks. */
@FunctionalInterface
public interface WebhookBodies {

    /** JSON of less than 20 kB: the same for each attempt, as long as the row does not change. */
    String of(WebhookForm form, Generation ended);
}
