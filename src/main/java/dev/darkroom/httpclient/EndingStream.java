package dev.darkroom.httpclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Runs an action once when the end of the stream is read. Closing it does nothing: the call closes its connection. */
final class EndingStream extends FilterInputStream {

    private final Runnable action;
    private boolean ended;

    EndingStream(InputStream in, Runnable action) {
        super(in);
        this.action = action;
    }

    @Override
    public int read() throws IOException {
        return ended ? -1 : checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return ended ? -1 : checked(super.read(bytes, offset, length));
    }

    @Override
    public void close() {}

    private int checked(int read) {
        if (read < 0) {
            ended = true;
            action.run();
        }
        return read;
    }
}
