package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookStore;
import java.util.function.UnaryOperator;

/** The stored webhooks of API keys, which begin with the first use of them. */
public final class KeySecrets {

    private final WebhookStore store;
    private final RandomSecrets random;

    public KeySecrets(WebhookStore store, RandomSecrets random) {
        this.store = store;
        this.random = random;
    }

    /** The webhooks of the key; its secret is made when it has none yet. */
    public KeyWebhooks of(ApiKeyId key) {
        var stored = store.find(key);
        while (stored.isEmpty()) {
            var first = KeyWebhooks.of(random.secret());
            if (store.write(key, first)) {
                return first;
            }
            stored = store.find(key);
        }
        return stored.get();
    }

    /**
     * Stores a change.
     *
     * @param change of the stored version to the next one, or to itself when there is nothing to change
     * @return what is stored afterwards
     */
    public KeyWebhooks update(ApiKeyId key, UnaryOperator<KeyWebhooks> change) {
        while (true) {
            var before = of(key);
            var next = change.apply(before);
            if (next.equals(before) || store.write(key, next)) {
                return next;
            }
        }
    }
}
