package dev.darkroom.local.functions;

import dev.darkroom.local.declared.FunctionSpec;
import java.util.concurrent.CompletableFuture;

/** A function, as the senders of its events see it. */
public interface InvokableFunction {

    FunctionSpec spec();

    /**
     * Hands an event to the function; the answer fails with a {@link FunctionException} when the function fails. Never
     * blocks.
     */
    CompletableFuture<byte[]> invoke(String event, Sender sender);
}
