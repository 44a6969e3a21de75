package dev.darkroom.httpclient;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a call ended. The reasons are for the log: they contain no header, no address and nothing of a body. */
public sealed interface HttpOutcome {

    /**
     * The whole answer, of any status but 1xx.
     *
     * @param headers by name in lower case
     * @param body as it was sent; a {@code Content-Encoding} is not undone
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
    record Answered(int status, Map<String, List<String>> headers, byte[] body) implements HttpOutcome {

        /** The first header of that name, which is in lower case. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    /** Certainly not one byte of the request was sent. */
    record NotSent(Cause cause, String reason) implements HttpOutcome {

        public enum Cause {
            /** The server: no address, no connection, no TLS, or none of them in time. */
            UNREACHABLE,
            /** The host has an address that the client may not connect to. */
            ADDRESS_NOT_ALLOWED,
            /** This side: the request is not valid, or there is an error in the client. */
            INVALID
        }

        public boolean isUnreachable() {
            return cause == Cause.UNREACHABLE;
        }
    }

    /** Sent, perhaps in part, and not one byte was answered in time. */
    record Unanswered(String reason) implements HttpOutcome {}

    /** Sent, perhaps in part; the connection broke, or the answer is not HTTP or did not end in time. */
    record Broken(String reason) implements HttpOutcome {}

    /**
     * Sent; the answer's body is larger than the limit.
     *
     * @param beginning what was read of it
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
    record TooLarge(int status, byte[] beginning, String reason) implements HttpOutcome {}
}
