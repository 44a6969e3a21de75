package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.conn.DnsResolver;

/**
 * Looks up a host's addresses. A look-up that hangs cannot be interrupted and blocks the carrier of a virtual thread,
 * so it runs in a platform thread, one at a time for each host: concurrent calls share it. The JDK caches its result.
 */
final class HostLookup implements DnsResolver {

    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var lookup = running.computeIfAbsent(host, HostLookup::start);
        try {
            return lookup.join();
        } catch (CompletionException _) {
            throw new UnknownHostException();
        } finally {
            // The number of hosts has no limit, because outputs and redirects name them.
            running.remove(host, lookup);
        }
    }

    /** The hosts that are looked up now. */
    Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    private static CompletableFuture<InetAddress[]> start(String host) {
        return CompletableFuture.supplyAsync(
                () -> lookUp(host),
                lookup -> Thread.ofPlatform().daemon().name("host-lookup").start(lookup));
    }

    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
