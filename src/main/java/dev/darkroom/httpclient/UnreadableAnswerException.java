package dev.darkroom.httpclient;

import java.io.IOException;

/** An answer is no HTTP; the reason says nothing of its content. */
final class UnreadableAnswerException extends IOException {

    private final String reason;

    UnreadableAnswerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
