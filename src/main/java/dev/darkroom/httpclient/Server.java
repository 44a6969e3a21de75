package dev.darkroom.httpclient;

import java.net.URI;
import java.util.Locale;

/** Whom a connection leads to. */
record Server(boolean isEncrypted, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Throws {@link IllegalArgumentException} for an address that is not of a server. */
    static Server of(URI address) {
        var host = address.getHost();
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("the address has no host, or neither http nor https");
        }
        boolean isEncrypted = scheme.equals("https");
        int port = address.getPort() >= 0 ? address.getPort() : isEncrypted ? HTTPS : HTTP;
        return new Server(isEncrypted, withoutBrackets(host), port);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
