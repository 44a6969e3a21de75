package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.TooLarge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one answer to a request other than HEAD.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class AnswerReader {

    /** Of all headers together, those of interim answers and trailers included. */
    private static final int LARGEST_HEAD = 64 * 1024;

    private static final int LONGEST_CHUNK_HEAD = 1024;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,15}");
    private static final Pattern CHUNK_HEAD = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");

    /**
     * What was read.
     *
     * @param outcome the answer, unless it is too large
     * @param reusable whether the connection may be used for the next request
     */
    record Read(HttpOutcome outcome, boolean reusable) {}

    private record Head(boolean version1, int status, Map<String, List<String>> headers) {}

    private final InputStream in;
    private final int largestBody;
    private final Runnable begun;
    private final byte[] buffer = new byte[8 * 1024];
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int position;
    private int end;
    private int headLeft = LARGEST_HEAD;

    /** {@code begun} is called whenever bytes arrive. */
    AnswerReader(InputStream in, int largestBody, Runnable begun) {
        this.in = in;
        this.largestBody = largestBody;
        this.begun = begun;
    }

    Read read() throws IOException {
        var head = head();
        while (head.status() < 200) {
            head = head();
        }
        boolean delimited;
        try {
            delimited = readBody(head.status(), head.headers());
        } catch (AnswerTooLargeException e) {
            return new Read(new TooLarge(head.status(), body.toByteArray(), e.reason()), false);
        }
        boolean keepsAlive = head.version1() && !has(head.headers(), "connection", "close");
        return new Read(
                new Answered(head.status(), head.headers(), body.toByteArray()),
                delimited && keepsAlive && position == end);
    }

    private Head head() throws IOException {
        var line = STATUS_LINE.matcher(headLine());
        if (!line.matches()) {
            throw new UnreadableAnswerException("the answer is no HTTP/1.1");
        }
        int status = Integer.parseInt(line.group(2));
        if (status == SWITCHING_PROTOCOLS) {
            throw new UnreadableAnswerException("the answer changes the protocol");
        }
        return new Head(line.group(1).equals("1"), status, headers());
    }

    private Map<String, List<String>> headers() throws IOException {
        var headers = new HashMap<String, List<String>>();
        for (var line = headLine(); !line.isEmpty(); line = headLine()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new UnreadableAnswerException("a header of the answer has no name");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Whether the body said where it ends; otherwise it ends with the connection. */
    private boolean readBody(int code, Map<String, List<String>> headers) throws IOException {
        if (code == 204 || code == 304) {
            return true;
        }
        if (headers.containsKey("transfer-encoding")) {
            if (!has(headers, "transfer-encoding", "chunked")
                    || headers.get("transfer-encoding").size() > 1) {
                throw new UnreadableAnswerException("the answer has an unknown transfer coding");
            }
            readChunks();
            return !headers.containsKey("content-length");
        }
        if (headers.containsKey("content-length")) {
            readPart(length(headers.get("content-length")));
            return true;
        }
        while (position < end || fill()) {
            append(end - position);
        }
        return false;
    }

    private static long length(List<String> values) throws UnreadableAnswerException {
        var first = values.getFirst();
        if (!LENGTH.matcher(first).matches() || !values.stream().allMatch(first::equals)) {
            throw new UnreadableAnswerException("the answer's length is no number");
        }
        return Long.parseLong(first);
    }

    private void readChunks() throws IOException {
        while (true) {
            var head = CHUNK_HEAD.matcher(line(LONGEST_CHUNK_HEAD));
            if (!head.matches()) {
                throw new UnreadableAnswerException("a chunk's length is no number");
            }
            long length = Long.parseLong(head.group(1), 16);
            if (length == 0) {
                headers();
                return;
            }
            readPart(length);
            if (!line(LONGEST_CHUNK_HEAD).isEmpty()) {
                throw new UnreadableAnswerException("a chunk has another length than it says");
            }
        }
    }

    private void readPart(long length) throws IOException {
        for (long left = length; left > 0; ) {
            if (position == end && !fill()) {
                throw new UnreadableAnswerException("the answer ended early");
            }
            left -= append((int) Math.min(left, end - position));
        }
    }

    private int append(int length) throws AnswerTooLargeException {
        if (length > largestBody - body.size()) {
            throw new AnswerTooLargeException("the answer is larger than %d KB".formatted(largestBody / 1024));
        }
        body.write(buffer, position, length);
        position += length;
        return length;
    }

    private String headLine() throws IOException {
        var line = line(headLeft);
        headLeft -= line.length() + 2;
        return line;
    }

    /** Without its end, which is a line feed, often after a carriage return. */
    private String line(int longest) throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (position == end && !fill()) {
                throw new UnreadableAnswerException("the answer ended early");
            }
            int read = buffer[position++];
            if (read == '\n') {
                var text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() >= longest) {
                throw new UnreadableAnswerException("the answer's head is larger than is read");
            }
            line.write(read);
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        if (read < 0) {
            return false;
        }
        begun.run();
        position = 0;
        end = read;
        return true;
    }

    private static boolean has(Map<String, List<String>> headers, String name, String value) {
        return headers.getOrDefault(name, List.of()).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .anyMatch(each -> each.strip().equalsIgnoreCase(value));
    }
}
