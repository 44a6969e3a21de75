package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.submission.StandingFollowUps;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookStore;
import dev.darkroom.core.webhook.WebhookTarget.Address;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The standing endpoints of the API keys that send requests. They are read once in ten seconds for each key of this
 * process, so a new endpoint is told about the requests that come ten seconds later.
 */
public final class StandingWebhooks implements StandingFollowUps {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX_KEYS = 1_000;

    private record Known(List<FollowUp.Action> owed, Instant until) {}

    private final WebhookStore store;
    private final WebhookSender sender;
    private final InstantSource clock;

    private final Map<ApiKeyId, Known> keys = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ApiKeyId, Known> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public StandingWebhooks(WebhookStore store, WebhookSender sender, InstantSource clock) {
        this.store = store;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public Optional<Violation> problem(FollowUp.Action asked) {
        return asked instanceof DeliverWebhook(var webhook) && webhook.destination() instanceof Address(var url)
                ? sender.problem(url).map(problem -> new Violation("webhook", "cannot be called: " + problem))
                : Optional.empty();
    }

    @Override
    public List<FollowUp.Action> of(ApiKeyId key) {
        synchronized (keys) {
            var known = keys.get(key);
            if (known != null && clock.instant().isBefore(known.until())) {
                return known.owed();
            }
        }
        var owed = store.find(key).stream()
                .flatMap(webhooks -> webhooks.endpoints().stream())
                .filter(WebhookEndpoint::isEnabled)
                .<FollowUp.Action>map(endpoint -> new DeliverWebhook(endpoint.target()))
                .toList();
        synchronized (keys) {
            keys.remove(key);
            keys.put(key, new Known(owed, clock.instant().plus(REMEMBERED)));
        }
        return owed;
    }
}
