package dev.darkroom.tracing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends subsegments to the daemon of X-Ray, which Lambda runs beside a function: one datagram each, at the end of the
 * call, because the process may be frozen when the invocation has ended. A subsegment that cannot be sent is lost, and
 * disturbs nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html">Sending to the daemon</a>
 */
public final class XRay {

    private static final Logger LOG = Logger.getLogger(XRay.class);
    private static final String HEADER = "{\"format\":\"json\",\"version\":1}\n";

    /** In bytes: more does not fit into a datagram. */
    private static final int LARGEST = 65_507;

    private final InetSocketAddress daemon;
    private final Supplier<@Nullable String> header;
    private @Nullable DatagramChannel channel;

    /** {@code header} is the tracing header of the invocation that runs now; null between two invocations. */
    public XRay(InetSocketAddress daemon, Supplier<@Nullable String> header) {
        this.daemon = daemon;
        this.header = header;
    }

    /** Sends nothing for an invocation that is not sampled. */
    void send(Subsegment subsegment) {
        try {
            TraceHeader.ofSampled(header.get())
                    .ifPresent(in -> send(subsegment.document(in, newId()).toString()));
        } catch (RuntimeException e) {
            LOG.debug("subsegment-lost", e);
        }
    }

    /** A document that is too large is lost. */
    void send(String document) {
        var bytes = (HEADER + document).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST) {
            LOG.debug("subsegment-lost");
            return;
        }
        try {
            open().send(ByteBuffer.wrap(bytes), daemon);
        } catch (IOException e) {
            LOG.debug("subsegment-lost", e);
            close();
        }
    }

    /** Opened for the first subsegment, so never before a snapshot, and never blocking. */
    private synchronized DatagramChannel open() throws IOException {
        var current = channel;
        if (current == null || !current.isOpen()) {
            current = DatagramChannel.open();
            current.configureBlocking(false);
            channel = current;
        }
        return current;
    }

    private synchronized void close() {
        var current = channel;
        channel = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException _) {
                // Nothing of it is used any more.
            }
        }
    }

    private static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
