package dev.darkroom.local.functions;

/**
 * The sender of an event, for the line about an event that failed.
 *
 * @param onFailure the sender and what it got, as in {@code GET /api/v3/balance was answered 500}
 * @param isClient whether a client's request was answered 500
 */
public record Sender(String onFailure, boolean isClient) {

    /** A client whose request reached the function; {@code path} is the path as it was sent. */
    public static Sender http(String method, String path) {
        return new Sender("%s %s was answered 500".formatted(method, path), true);
    }

    /** A caller of Lambda's Invoke API that waits for the answer. */
    static Sender synchronous(String principal) {
        return new Sender("%s was answered with X-Amz-Function-Error".formatted(principal), false);
    }

    /** A caller of Lambda's Invoke API that does not wait for the answer. */
    static Sender asynchronous(String principal) {
        return new Sender("an asynchronous event of %s, which gets no answer".formatted(principal), false);
    }

    static Sender schedule() {
        return new Sender("an event of the schedule, which gets no answer", false);
    }
}
