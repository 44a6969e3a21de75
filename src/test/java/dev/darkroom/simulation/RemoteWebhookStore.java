package dev.darkroom.simulation;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookStore;
import java.util.Optional;

/** The webhooks of API keys, as one process calls their store. */
public record RemoteWebhookStore(WebhookStore store, Calls calls) implements WebhookStore {

    @Override
    public Optional<KeyWebhooks> find(ApiKeyId key) {
        return calls.read("find webhooks", () -> store.find(key));
    }

    @Override
    public boolean write(ApiKeyId key, KeyWebhooks next) {
        return calls.write("write webhooks", () -> store.write(key, next));
    }
}
