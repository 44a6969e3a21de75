package dev.darkroom.httpclient;

import java.io.IOException;

/** An answer is larger than is read; the reason says nothing of its content. */
final class AnswerTooLargeException extends IOException {

    private final String reason;

    AnswerTooLargeException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
