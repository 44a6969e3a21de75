package dev.darkroom.http.delivery;

import dev.darkroom.core.followup.EventDetails;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.http.GatewayAddress;
import java.nio.charset.StandardCharsets;

/**
 * Writes what events say: what webhooks of the standard form say, with stage and owner, and without the input. An event
 * that would be too large has no links, which its receiver can read at the gateway.
 */
public final class EventDetailWriter implements EventDetails {

    /** EventBridge allows 256 KB for a whole event. */
    private static final int MAX_BYTES = 240_000;

    private static final String IMAGES = "images";

    private final String stage;
    private final GatewayAddress gateway;

    public EventDetailWriter(String stage, GatewayAddress gateway) {
        this.stage = stage;
        this.gateway = gateway;
    }

    @Override
    public String of(Generation ended) {
        var detail = FinishedData.of(ended, gateway.withoutRequest())
                .put("stage", stage)
                .put("owner", ended.owner().value());
        ended.request().callersTrace().ifPresent(trace -> detail.put(TraceParent.NAME, trace.value()));
        var text = detail.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES) {
            return text;
        }
        detail.putArray(IMAGES);
        return detail.toString();
    }
}
