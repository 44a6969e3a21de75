package dev.darkroom.httpclient;

import java.net.URI;
import java.util.Locale;

/**
 * A server.
 *
 * @param authority for the header {@code Host}
 * @param path what all its targets begin with, without a slash at its end
 */
record Origin(boolean tls, String host, int port, String authority, String path) {

    /** Throws {@link IllegalArgumentException} for what is no absolute http or https URL. */
    static Origin of(URI base) {
        var scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("a server's address is an absolute http or https URL");
        }
        boolean tls = scheme.equals("https");
        int port = base.getPort() < 0 ? tls ? 443 : 80 : base.getPort();
        var authority = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
        var path = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/+$", "");
        return new Origin(tls, base.getHost(), port, authority, path);
    }
}
