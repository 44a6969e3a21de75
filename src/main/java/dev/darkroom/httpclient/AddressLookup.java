package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. Each call may have another result, because a name may lead elsewhere by then. */
@FunctionalInterface
public interface AddressLookup {

    /** At least one address; throws an {@link UnknownHostException} when there is none. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
