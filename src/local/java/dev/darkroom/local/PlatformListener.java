package dev.darkroom.local;

import dev.darkroom.local.events.ReceivedEvent;
import dev.darkroom.local.functions.FailedInvocation;
import dev.darkroom.local.functions.FunctionListener;
import dev.darkroom.local.gateway.GatewayListener;
import dev.darkroom.local.gateway.Refusal;

/** Follows what happens on the platform. Called on the thread of each event, so several calls may overlap. */
public interface PlatformListener extends FunctionListener, GatewayListener {

    /** Ignores everything. */
    PlatformListener NONE = new PlatformListener() {};

    @Override
    default void logged(String function, String line) {}

    @Override
    default void failed(FailedInvocation failure) {}

    @Override
    default void exitedIdle(String function, String reason) {}

    @Override
    default void refused(Refusal refusal) {}

    /** An event came to the event bus. */
    default void eventReceived(ReceivedEvent event) {}

    /**
     * A server of the platform has ended, and not because the platform ends.
     *
     * @param server {@code DynamoDB Local} or {@code S3Proxy}
     * @param reason its signal or exit code
     */
    default void serverEnded(String server, String reason) {}
}
