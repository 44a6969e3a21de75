package dev.darkroom.core;

import dev.darkroom.core.delivery.RandomSecrets;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookSecret;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Secrets and ids that are counted, so that a test is the same each time. */
public final class CountedSecrets implements RandomSecrets {

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public WebhookSecret secret() {
        var bytes = new byte[WebhookSecret.BYTES];
        Arrays.fill(bytes, (byte) count.incrementAndGet());
        return WebhookSecret.of(bytes);
    }

    @Override
    public EndpointId endpoint() {
        return new EndpointId("we_%032x".formatted(count.incrementAndGet()));
    }
}
