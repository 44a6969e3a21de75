package dev.darkroom.tracing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code AWS_XRAY_DAEMON_ADDRESS}: {@code 169.254.79.129:2000}, or {@code tcp:127.0.0.1:2000 udp:127.0.0.1:2001}.
 *
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-java-configuration.html">The variable</a>
 */
public final class DaemonAddress {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String UDP = "udp:";
    private static final String TCP = "tcp:";

    private DaemonAddress() {}

    /** Empty when the text names no address for UDP. It looks up no name. */
    public static Optional<InetSocketAddress> parse(@Nullable String text) {
        return text == null
                ? Optional.empty()
                : BLANKS.splitAsStream(text.strip())
                        .filter(address -> !address.startsWith(TCP))
                        .findFirst()
                        .map(address -> address.startsWith(UDP) ? address.substring(UDP.length()) : address)
                        .flatMap(DaemonAddress::address);
    }

    private static Optional<InetSocketAddress> address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(text, colon + 1, text.length(), 10);
            return port == 0
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(InetAddress.ofLiteral(text.substring(0, colon)), port));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
