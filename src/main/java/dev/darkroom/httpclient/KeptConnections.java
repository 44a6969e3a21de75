package dev.darkroom.httpclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Connections that wait for the next call, the one that was used last first. */
final class KeptConnections {

    private record Kept(Connection connection, long since) {}

    private final Map<Server, Deque<Kept>> byServer = new ConcurrentHashMap<>();
    private final long keptAlive;

    KeptConnections(Duration keptAlive) {
        this.keptAlive = keptAlive.toNanos();
    }

    void keep(Server server, Connection connection) {
        var kept = byServer.computeIfAbsent(server, _ -> new ConcurrentLinkedDeque<>());
        kept.addFirst(new Kept(connection, System.nanoTime()));
        for (var oldest = kept.peekLast(); oldest != null && isTooOld(oldest); oldest = kept.peekLast()) {
            if (kept.remove(oldest)) {
                close(oldest.connection());
            }
        }
    }

    /** One that seems to live, now in the hands of this thread's call; null when there is none. */
    @Nullable Connection take(Server server) {
        var kept = byServer.get(server);
        if (kept == null) {
            return null;
        }
        for (var next = kept.pollFirst(); next != null; next = kept.pollFirst()) {
            var connection = next.connection();
            Exchange.current().begin(connection::abort);
            if (!isTooOld(next) && connection.isOpenStill()) {
                return connection;
            }
            close(connection);
        }
        return null;
    }

    private boolean isTooOld(Kept kept) {
        return System.nanoTime() - kept.since() >= keptAlive;
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException _) {
            connection.abort();
        }
    }
}
