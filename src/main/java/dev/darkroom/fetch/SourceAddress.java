package dev.darkroom.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** What the address of an image may be. */
final class SourceAddress {

    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_PORT = 65_535;

    private SourceAddress() {}

    /** Why nothing may be fetched from the address, without the address; empty when something may. */
    static Optional<String> problem(URI address, boolean plainAllowed) {
        if (!isEncrypted(address) && !(plainAllowed && isPlain(address))) {
            return Optional.of("the address is not https");
        }
        if (address.getHost() == null || address.getPort() == 0 || address.getPort() > MAX_PORT) {
            return Optional.of("the address has no valid host and port");
        }
        if (address.getRawUserInfo() != null) {
            return Optional.of("the address has credentials");
        }
        return address.toString().length() > MAX_LENGTH
                ? Optional.of("the address is longer than 8 KB")
                : Optional.empty();
    }

    /** The address of a host that is not a name. */
    static Optional<InetAddress> literal(URI address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address.getHost()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static boolean isEncrypted(URI address) {
        return scheme(address).equals("https");
    }

    private static boolean isPlain(URI address) {
        return scheme(address).equals("http");
    }

    private static String scheme(URI address) {
        return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    }
}
