package dev.darkroom.httpclient;

import java.io.IOException;
import java.util.Arrays;
import org.apache.http.Header;
import org.apache.http.HttpClientConnection;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.ProtocolException;
import org.apache.http.protocol.HTTP;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;

/** Records on this thread's call when its first byte is sent and when the first byte of the answer is there. */
final class WatchedRequests extends HttpRequestExecutor {

    private static final int UNTIL_THE_CALL_IS_ABANDONED = 0;

    @Override
    protected @Nullable HttpResponse doSendRequest(
            HttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        Exchange.current().sending();
        if (connection instanceof Connection ours && ours.hasUnaskedBytes()) {
            throw new ProtocolException("the server sent an answer without a request");
        }
        try {
            return super.doSendRequest(request, connection, context);
        } catch (IOException _) {
            // A server that refuses a request before reading all of it may have closed its side, but its answer can be
            // read.
            return null;
        }
    }

    @Override
    protected HttpResponse doReceiveResponse(HttpRequest request, HttpClientConnection connection, HttpContext context)
            throws IOException, HttpException {
        if (connection.isResponseAvailable(UNTIL_THE_CALL_IS_ABANDONED)) {
            Exchange.current().answered();
        }
        var response = super.doReceiveResponse(request, connection, context);
        if (response.getProtocolVersion().greaterEquals(new HttpVersion(1, 2)) || hasTwoLengths(response)) {
            throw new ProtocolException("the answer is not HTTP/1.1");
        }
        return response;
    }

    private static boolean hasTwoLengths(HttpResponse response) {
        return Arrays.stream(response.getHeaders(HTTP.CONTENT_LEN))
                        .map(Header::getValue)
                        .distinct()
                        .count()
                > 1;
    }
}
