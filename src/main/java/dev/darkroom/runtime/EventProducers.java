package dev.darkroom.runtime;

import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.EventDetails;
import dev.darkroom.events.BridgeBus;
import dev.darkroom.events.EventBridge;
import dev.darkroom.events.EventsConfig;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.delivery.EventDetailWriter;
import dev.darkroom.observability.MetricsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what sends events about generations that have ended. */
class EventProducers {

    /** Application-scoped, so that its client is made with the first event; most functions never send one. */
    @Produces
    @ApplicationScoped
    EventBus eventBus(EventsConfig config, AwsConfig aws, InstantSource clock) {
        return config.bus()
                .<EventBus>map(name -> new EventBridge(
                        config.endpoint()
                                .map(endpoint -> new BridgeBus(name, aws.region(), endpoint))
                                .orElseGet(() -> BridgeBus.inRegion(name, aws.region())),
                        AwsClientProducers.credentials(),
                        clock))
                .orElse(EventBus.NONE);
    }

    @Produces
    @Singleton
    EventDetails eventDetails(MetricsConfig metrics, GatewayAddress gateway) {
        return new EventDetailWriter(metrics.stage(), gateway);
    }
}
