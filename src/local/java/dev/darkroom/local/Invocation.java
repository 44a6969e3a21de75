package dev.darkroom.local;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One event for a function, and what becomes of it: its answer, or a {@link FunctionException}. */
record Invocation(String requestId, String event, CompletableFuture<byte[]> answer) {

    static Invocation of(String event) {
        return new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    }
}
