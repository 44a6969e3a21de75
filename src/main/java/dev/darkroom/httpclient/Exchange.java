package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A request on its way, without a time limit: the thread that waits for it abandons it and learns how far it came. */
final class Exchange {

    private enum Progress {
        CONNECTING,
        SENT,
        ANSWERED
    }

    private final HttpCall call;
    private final byte[] request;
    private final Connections connections;

    private Progress progress = Progress.CONNECTING;
    private boolean abandoned;
    private @Nullable Connection current;

    Exchange(HttpCall call, byte[] request, Connections connections) {
        this.call = call;
        this.request = request;
        this.connections = connections;
    }

    /** Closes the connection, which ends {@link #run}. What was not sent by now never will be. */
    synchronized HttpOutcome abandon() {
        abandoned = true;
        if (current != null) {
            current.close();
        }
        return switch (progress) {
            case CONNECTING -> new NotSent(true, "no connection in time");
            case SENT -> new Unanswered("no answer in time");
            case ANSWERED -> new Broken("the answer did not end in time");
        };
    }

    HttpOutcome run() {
        Connection connection;
        try {
            connection = connected();
            advance(Progress.SENT);
        } catch (IOException | RuntimeException e) {
            release();
            return new NotSent(true, "no connection: " + e.getClass().getSimpleName());
        }
        try {
            write(connection);
            var read = new AnswerReader(connection.input(), call.largestBody(), this::answered).read();
            if (read.reusable() && !call.newConnection()) {
                keep(connection);
            }
            return read.outcome();
        } catch (UnreadableAnswerException e) {
            return new Broken(e.reason());
        } catch (IOException | RuntimeException e) {
            return new Broken("the connection broke: " + e.getClass().getSimpleName());
        } finally {
            release();
        }
    }

    private Connection connected() throws IOException {
        var kept = call.newConnection() ? null : connections.takeKept();
        if (kept != null) {
            hold(kept);
            return kept;
        }
        IOException failure = new ConnectException();
        for (var address : connections.addresses()) {
            var connection = new Connection();
            hold(connection);
            try {
                connection.connect(
                        new InetSocketAddress(address, connections.origin().port()), connections.origin());
                return connection;
            } catch (IOException e) {
                connection.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** A server that refuses a request before it has read all of it may have closed its side, but its answer is there. */
    private void write(Connection connection) {
        try {
            connection.write(request);
        } catch (IOException _) {
            // Reading tells what has become of the connection.
        }
    }

    private synchronized void hold(Connection connection) throws IOException {
        current = connection;
        if (abandoned) {
            connection.close();
            throw new IOException();
        }
    }

    private synchronized void advance(Progress next) throws IOException {
        if (abandoned) {
            throw new IOException();
        }
        progress = next;
    }

    private synchronized void answered() {
        progress = Progress.ANSWERED;
    }

    private synchronized void keep(Connection connection) {
        if (!abandoned) {
            connections.keep(connection);
            current = null;
        }
    }

    private synchronized void release() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
