package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.InputStream;

/**
 * An answer whose body is still to be read, within the same call.
 *
 * @param length of the body in bytes, if the head says it, or negative
 */
public record Received(AnswerHead head, long length, InputStream body) {

    HttpOutcome withoutBody(int read) {
        return head.withoutBody(body, read);
    }

    /** Reads the body, unless its head says already that it is too large. */
    HttpOutcome whole(int largestBody) throws IOException {
        return length > largestBody ? head.tooLarge(new byte[0], largestBody) : head.withBody(body, largestBody);
    }
}
