package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Looks up a host before anything is sent to it. */
public final class HostCheck {

    private final HostLookup lookup;

    public HostCheck(AddressLookup resolver) {
        this.lookup = new HostLookup(resolver);
    }

    /** Whether the host was found within {@code limit}, with an address that is not allowed. */
    public boolean hasOther(String host, Predicate<InetAddress> allowed, Duration limit) {
        return CompletableFuture.supplyAsync(
                        () -> !Arrays.stream(addresses(host)).allMatch(allowed),
                        check -> Thread.ofVirtual().start(check))
                .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private InetAddress[] addresses(String host) {
        try {
            return lookup.resolve(host);
        } catch (UnknownHostException _) {
            return new InetAddress[0];
        }
    }
}
