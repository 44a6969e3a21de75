package dev.darkroom.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes a byte at a time. */
final class Drip {

    private Drip() {}

    /** The first {@code length} bytes; throws when the reader has gone. */
    static void write(OutputStream out, byte[] bytes, int length, Duration perByte) throws IOException {
        for (int i = 0; i < length; i++) {
            out.write(bytes[i]);
            out.flush();
            pause(perByte);
        }
    }

    /** A pause that ends as I/O does. */
    static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulator ends");
        }
    }
}
