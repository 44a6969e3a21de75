package dev.darkroom.restclient;

import dev.darkroom.httpclient.Received;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A status, headers and a stream. {@link UnparsedResponse} refuses what would parse more of an answer. */
final class ReceivedResponse extends UnparsedResponse {

    private final Received received;

    ReceivedResponse(Received received) {
        this.received = received;
    }

    @Override
    public int getStatus() {
        return received.head().status();
    }

    @Override
    public StatusType getStatusInfo() {
        var known = Status.fromStatusCode(getStatus());
        return known == null ? new OtherStatus(getStatus()) : known;
    }

    @Override
    public boolean hasEntity() {
        return true;
    }

    @Override
    public InputStream getEntity() {
        return received.body();
    }

    @Override
    public int getLength() {
        return Math.clamp(received.length(), -1, Integer.MAX_VALUE);
    }

    @Override
    public MultivaluedMap<String, String> getStringHeaders() {
        var headers = new MultivaluedHashMap<String, String>();
        received.head().headers().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
        return headers;
    }

    @Override
    public @Nullable String getHeaderString(String name) {
        List<String> values = received.head().headers().get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : String.join(",", values);
    }

    @Override
    public void close() {
        try {
            received.body().close();
        } catch (IOException e) {
            throw new ProcessingException(e);
        }
    }

    /** A status without a name of its own. */
    private record OtherStatus(int code) implements StatusType {

        @Override
        public int getStatusCode() {
            return code;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.familyOf(code);
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }
    }
}
