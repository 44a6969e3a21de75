package dev.darkroom.core;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fake of the webhooks of API keys. It passes the same contract suite as the real store. */
public final class InMemoryWebhookStore implements WebhookStore {

    private final Map<ApiKeyId, KeyWebhooks> stored = new HashMap<>();

    @Override
    public synchronized Optional<KeyWebhooks> find(ApiKeyId key) {
        return Optional.ofNullable(stored.get(key));
    }

    @Override
    public synchronized boolean write(ApiKeyId key, KeyWebhooks next) {
        long before = find(key).map(KeyWebhooks::version).orElse(0L);
        if (next.version() != before + 1) {
            return next.equals(stored.get(key));
        }
        stored.put(key, next);
        return true;
    }
}
