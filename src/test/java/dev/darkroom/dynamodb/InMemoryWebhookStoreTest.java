package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.webhook.WebhookStore;

class InMemoryWebhookStoreTest extends WebhookStoreContract {

    private final WebhookStore webhooks = new InMemoryWebhookStore();

    @Override
    WebhookStore webhooks() {
        return webhooks;
    }
}
