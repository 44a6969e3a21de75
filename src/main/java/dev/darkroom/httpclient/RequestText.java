package dev.darkroom.httpclient;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A request as it goes over the wire. */
final class RequestText {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7E]*");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]*");

    private RequestText() {}

    /** Throws {@link IllegalArgumentException}, whose message names no value, when it would not be one request. */
    static byte[] of(HttpCall call, Origin origin) {
        var head = new StringBuilder();
        head.append(checked("method", call.method(), TOKEN)).append(' ');
        head.append(checked("target", origin.path() + call.target(), TARGET)).append(" HTTP/1.1\r\n");
        append(head, "Host", origin.authority());
        call.headers().forEach((name, value) -> append(head, name, value));
        if (call.newConnection()) {
            append(head, "Connection", "close");
        }
        var body = call.body() == null ? new byte[0] : call.body().getBytes(StandardCharsets.UTF_8);
        if (call.body() != null) {
            append(head, "Content-Length", Integer.toString(body.length));
        }
        head.append("\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(checked("name of a header", name, TOKEN)).append(": ");
        head.append(checked(name, value, VALUE)).append("\r\n");
    }

    private static String checked(String part, String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("the request's %s has characters that it cannot have".formatted(part));
        }
        return text;
    }
}
