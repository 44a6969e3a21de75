package dev.darkroom.restclient;

import dev.darkroom.httpclient.AnswerHead;
import dev.darkroom.httpclient.HttpOutcome;
import dev.darkroom.httpclient.TimedCalls;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Calls clients of {@link RestClients} with a time limit. */
public final class RestCalls {

    private RestCalls() {}

    /**
     * Makes one call and waits for its end.
     *
     * @param call one call of a client of {@link RestClients}
     * @param largestBody in bytes, of the answer
     * @param timeout for all of it, from looking up the server's address to the last byte of the answer
     */
    public static HttpOutcome send(Supplier<Response> call, int largestBody, Duration timeout) {
        return TimedCalls.send(() -> read(answered(call), largestBody), timeout);
    }

    private static Response answered(Supplier<Response> call) throws IOException {
        try {
            return call.get();
        } catch (ProcessingException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Read as a stream and not by a reader for its media type, because the media type may not be valid. */
    private static HttpOutcome read(Response response, int largestBody) throws IOException {
        var headers = response.getStringHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.copyOf(header.getValue())));
        var body = response.getEntity() instanceof InputStream in ? in : InputStream.nullInputStream();
        return new AnswerHead(response.getStatus(), headers).withBody(body, largestBody);
    }
}
