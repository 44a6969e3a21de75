package dev.darkroom.httpclient;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.MessageConstraintException;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.io.DefaultHttpResponseParser;
import org.apache.http.io.HttpMessageParser;
import org.apache.http.io.HttpMessageParserFactory;
import org.apache.http.io.HttpTransportMetrics;
import org.apache.http.io.SessionInputBuffer;
import org.apache.http.util.CharArrayBuffer;

/**
 * Limits the head of a response to 64 KB in all, with the heads of the interim responses (1xx) before it. The library's
 * own limits are for one line and for the number of lines, and it reads any number of interim responses: a server that
 * never stops sending them would hold the carrier of the virtual threads until the call's time is over.
 */
final class LimitedHeads implements HttpMessageParserFactory<HttpResponse> {

    static final int MAX_HEAD = 64 * 1024;

    @Override
    public HttpMessageParser<HttpResponse> create(SessionInputBuffer in, MessageConstraints constraints) {
        var lines = new Lines(in);
        return new DefaultHttpResponseParser(lines, constraints) {
            @Override
            public HttpResponse parse() throws IOException, HttpException {
                var response = super.parse();
                if (response.getStatusLine().getStatusCode() >= HttpStatus.SC_OK) {
                    lines.left = MAX_HEAD;
                }
                return response;
            }
        };
    }

    private static final class Lines implements SessionInputBuffer {

        private final SessionInputBuffer in;
        private int left = MAX_HEAD;

        Lines(SessionInputBuffer in) {
            this.in = in;
        }

        @Override
        public int readLine(CharArrayBuffer line) throws IOException {
            int length = in.readLine(line);
            left -= Math.max(length, 0);
            if (left < 0) {
                throw new MessageConstraintException("the answer's head is larger than 64 KB");
            }
            return length;
        }

        @Override
        public String readLine() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("deprecation") // the interface wants it
        public boolean isDataAvailable(int timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpTransportMetrics getMetrics() {
            return in.getMetrics();
        }
    }
}
