package dev.darkroom.core.joining;

import java.time.Duration;
import java.time.Instant;

/**
 * A request of a client, as far as joining needs it.
 *
 * @param route the path that it came to; requests to two routes never join
 * @param retries how many times the client says that it has sent the request before, 0 if it says nothing
 * @param answeredBy when it is answered at the latest
 */
public record ClientRequest(String route, int retries, Instant answeredBy) {

    /** A process that has not answered by then has died. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    public ClientRequest {
        if (retries < 0) {
            throw new IllegalArgumentException("a request is sent again 0 or more times");
        }
    }

    Instant holdUntil() {
        return answeredBy.plus(MARGIN);
    }
}
