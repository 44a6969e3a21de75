package dev.darkroom.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The idle connections to a server, and its addresses for new ones. */
final class Connections {

    private static final int MOST_KEPT = 256;

    private final Origin origin;
    private final Duration keptAlive;
    private final HostLookup lookup;

    /** The one that was kept last is first. */
    private final Deque<Connection> kept = new ArrayDeque<>();

    Connections(Origin origin, Duration keptAlive) {
        this.origin = origin;
        this.keptAlive = keptAlive;
        this.lookup = new HostLookup(origin.host());
    }

    Origin origin() {
        return origin;
    }

    InetAddress[] addresses() throws IOException {
        return lookup.addresses();
    }

    /** Null when there is none. The server may have closed it. */
    synchronized @Nullable Connection takeKept() {
        closeOld();
        var connection = kept.pollFirst();
        while (connection != null && connection.hasUnreadInput()) {
            connection.close();
            connection = kept.pollFirst();
        }
        return connection;
    }

    synchronized void keep(Connection connection) {
        connection.keep();
        closeOld();
        if (kept.size() < MOST_KEPT) {
            kept.addFirst(connection);
        } else {
            connection.close();
        }
    }

    private void closeOld() {
        for (var oldest = kept.peekLast();
                oldest != null && oldest.isKeptLongerThan(keptAlive);
                oldest = kept.peekLast()) {
            oldest.close();
            kept.removeLast();
        }
    }
}
