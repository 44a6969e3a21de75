package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Looks up a host's addresses. A look-up that hangs cannot be interrupted and blocks the carrier of a virtual thread,
 * so it runs in a platform thread, one at a time for each host: concurrent calls share it. The JDK caches its result.
 */
final class HostLookup implements AddressLookup {

    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();
    private final AddressLookup resolver;

    /** Asks the resolver of the JDK. */
    HostLookup() {
        this(InetAddress::getAllByName);
    }

    HostLookup(AddressLookup resolver) {
        this.resolver = resolver;
    }

    /** A call that is given up leaves the look-up behind. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = running.computeIfAbsent(host, this::start).copy();
        Exchange.ofThisThread().ifPresent(call -> call.begin(() -> found.cancel(false)));
        try {
            return found.get();
        } catch (ExecutionException | CancellationException _) {
            throw new UnknownHostException();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException();
        }
    }

    /** The hosts that are looked up now. */
    Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    private CompletableFuture<InetAddress[]> start(String host) {
        var lookup = new CompletableFuture<InetAddress[]>();
        Thread.ofPlatform().daemon().name("host-lookup").start(() -> lookUp(host, lookup));
        return lookup;
    }

    /** The number of hosts has no limit, because outputs and redirects name them, so each is forgotten at once. */
    private void lookUp(String host, CompletableFuture<InetAddress[]> lookup) {
        try {
            var found = resolver.resolve(host);
            running.remove(host, lookup);
            lookup.complete(found);
        } catch (UnknownHostException | RuntimeException e) {
            running.remove(host, lookup);
            lookup.completeExceptionally(e);
        }
    }
}
