package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Looks up a host's addresses, and throws an {@link AddressNotAllowedException} unless all of them are allowed. The
 * connection is opened to the same addresses, so a name cannot lead to another one after the check.
 */
final class AllowedAddresses implements AddressLookup {

    private final AddressLookup lookup;
    private final Predicate<InetAddress> allowed;

    AllowedAddresses(AddressLookup lookup, Predicate<InetAddress> allowed) {
        this.lookup = lookup;
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = lookup.resolve(host);
        if (!Arrays.stream(addresses).allMatch(allowed)) {
            throw new AddressNotAllowedException();
        }
        return addresses;
    }
}
