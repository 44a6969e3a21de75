package dev.darkroom.local.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes a byte at a time. */
public final class Drip {

    private Drip() {}

    /** Writes the first {@code length} bytes; throws when the reader has closed the connection. */
    public static void write(OutputStream out, byte[] bytes, int length, Duration perByte) throws IOException {
        for (int i = 0; i < length; i++) {
            out.write(bytes[i]);
            out.flush();
            pause(perByte);
        }
    }

    /** Waits; an interrupt ends the wait with an {@link InterruptedIOException}, as it ends I/O. */
    static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulator was closed");
        }
    }
}
