package dev.darkroom.httpclient;

import java.io.IOException;

/** One call, to the last byte of its answer. */
@FunctionalInterface
public interface HttpCall {

    HttpOutcome send() throws IOException;
}
