package dev.darkroom.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a host's addresses. A look-up that hangs cannot be interrupted and blocks the carrier of a virtual thread, so it
 * runs in a platform thread, one at a time: concurrent calls share it. The JDK caches its result.
 */
final class HostLookup {

    private final String host;
    private @Nullable CompletableFuture<InetAddress[]> running;

    HostLookup(String host) {
        this.host = host;
    }

    InetAddress[] addresses() throws IOException {
        try {
            return lookup().join();
        } catch (CompletionException _) {
            throw new UnknownHostException();
        }
    }

    private synchronized CompletableFuture<InetAddress[]> lookup() {
        if (running == null || running.isDone()) {
            running = CompletableFuture.supplyAsync(
                    this::resolve,
                    lookup -> Thread.ofPlatform().daemon().name("host-lookup").start(lookup));
        }
        return running;
    }

    private InetAddress[] resolve() {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
