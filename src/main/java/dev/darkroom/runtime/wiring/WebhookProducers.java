package dev.darkroom.runtime.wiring;

import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.delivery.EndpointDeliveries;
import dev.darkroom.core.delivery.KeySecrets;
import dev.darkroom.core.delivery.ManageEndpoints;
import dev.darkroom.core.delivery.RandomSecrets;
import dev.darkroom.core.delivery.Redeliver;
import dev.darkroom.core.delivery.StandingWebhooks;
import dev.darkroom.core.delivery.WebhookBodies;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.SendEvent;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.submission.StandingFollowUps;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.core.webhook.WebhookStore;
import dev.darkroom.events.EventsConfig;
import dev.darkroom.fetch.FetchConfig;
import dev.darkroom.fetch.GuardedCalls;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.delivery.WebhookBodyWriter;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.webhooks.HttpWebhookSender;
import dev.darkroom.worker.SystemCompletionWaiter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** Makes what tells callers by webhooks. */
class WebhookProducers {

    /** Application-scoped, so that its clients are made with the first webhook. */
    @Produces
    @ApplicationScoped
    WebhookSender webhookSender(FetchConfig config) {
        return new HttpWebhookSender(new GuardedCalls(config));
    }

    @Produces
    @Singleton
    WebhookBodies webhookBodies(GenerationViews views, GatewayAddress gateway) {
        return new WebhookBodyWriter(views, gateway);
    }

    @Produces
    @Singleton
    RandomSecrets randomSecrets() {
        return new SecureSecrets();
    }

    /** The generator is made with each value, because a native image must not have a seeded one. */
    private static final class SecureSecrets implements RandomSecrets {
        @Override
        public WebhookSecret secret() {
            var bytes = new byte[WebhookSecret.BYTES];
            new SecureRandom().nextBytes(bytes);
            return WebhookSecret.of(bytes);
        }

        @Override
        public EndpointId endpoint() {
            return new EndpointId("we_" + RandomIds.next());
        }
    }

    @Produces
    @Singleton
    KeySecrets keySecrets(WebhookStore store, RandomSecrets random) {
        return new KeySecrets(store, random);
    }

    @Produces
    @Singleton
    DeliverWebhookStep deliverWebhookStep(
            KeySecrets secrets, WebhookBodies bodies, WebhookSender sender, InstantSource clock) {
        return new DeliverWebhookStep(
                secrets,
                bodies,
                sender,
                clock,
                Executors.newVirtualThreadPerTaskExecutor(),
                new SystemCompletionWaiter(clock));
    }

    @Produces
    @Singleton
    StandingFollowUps standingFollowUps(
            WebhookStore store, WebhookSender sender, EventsConfig events, InstantSource clock) {
        var owed =
                events.bus().<FollowUp.Action>map(_ -> new SendEvent()).stream().toList();
        return new StandingWebhooks(store, sender, clock).andOfEveryRow(owed);
    }

    @Produces
    @Singleton
    ManageEndpoints manageEndpoints(KeySecrets secrets, RandomSecrets random, InstantSource clock) {
        return new ManageEndpoints(secrets, random, clock);
    }

    @Produces
    @Singleton
    Redeliver redeliver(GenerationContext context) {
        return new Redeliver(context);
    }

    @Produces
    @Singleton
    EndpointDeliveries endpointDeliveries(OwnerIndex index, Redeliver redeliver) {
        return new EndpointDeliveries(index, redeliver);
    }
}
