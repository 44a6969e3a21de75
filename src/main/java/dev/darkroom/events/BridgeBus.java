package dev.darkroom.events;

import dev.darkroom.sigv4.AwsDomain;
import java.net.URI;

/**
 * A bus of EventBridge.
 *
 * @param endpoint the address of EventBridge
 */
public record BridgeBus(String name, String region, URI endpoint) {

    /** A bus in a region of AWS. */
    public static BridgeBus inRegion(String name, String region) {
        return new BridgeBus(name, region, URI.create("https://events.%s.%s/".formatted(region, AwsDomain.of(region))));
    }
}
