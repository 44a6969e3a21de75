package dev.darkroom.local;

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

    /** DynamoDB Local has ended, and not because the platform ends. {@code reason} is its signal or exit code. */
    default void tableEnded(String reason) {}
}
