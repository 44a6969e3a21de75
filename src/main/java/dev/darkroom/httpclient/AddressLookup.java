package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface AddressLookup {

    InetAddress[] resolve(String host) throws UnknownHostException;
}
