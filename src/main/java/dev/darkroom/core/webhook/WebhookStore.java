package dev.darkroom.core.webhook;

import dev.darkroom.core.account.ApiKeyId;
import java.util.Optional;

/** Stores the webhooks of API keys. Both methods throw when the store does not answer. */
public interface WebhookStore {

    /** The last version that was written; empty when the key has none. */
    Optional<KeyWebhooks> find(ApiKeyId key);

    /**
     * Writes the next version, if the version before is stored, or none for the first.
     *
     * @return false when another writer was first
     */
    boolean write(ApiKeyId key, KeyWebhooks next);
}
