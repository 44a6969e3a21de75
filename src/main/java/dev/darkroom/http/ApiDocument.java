package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * The OpenAPI document of the gateway, which the build makes from routes and models.
 *
 * @param text JSON
 * @param tag an entity tag, which changes with the text
 */
public record ApiDocument(String text, String tag) {

    private static final String RESOURCE = "openapi.json";

    /** It changes only with a deployment, so a reader may be some minutes late. */
    private static final String CACHE = "public, max-age=300";

    private static final int TAG_LENGTH = 32;

    /** Apart, so that only a process that serves the document loads it; a native image has it loaded. */
    private static final class Packaged {
        static final ApiDocument DOCUMENT = of(read());
    }

    static ApiDocument of(String text) {
        var digest = HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new ApiDocument(text, "\"" + digest.substring(0, TAG_LENGTH) + "\"");
    }

    /** The document of the artifact. */
    public static ApiDocument packaged() {
        return Packaged.DOCUMENT;
    }

    private static String read() {
        try (var stream = ApiDocument.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the artifact has no " + RESOURCE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " could not be read", e);
        }
    }

    /** 304 without a body when the reader has the same document. */
    public ObjectNode answer(ApiGatewayRequest request) {
        var headers = Map.of("etag", tag, "cache-control", CACHE);
        return request.headerValues("if-none-match").stream().anyMatch(this::matches)
                ? HttpResponses.notModified(headers)
                : HttpResponses.ok(text, headers);
    }

    /** A tag is compared weakly, as RFC 9110 has it for this header: a proxy may have compressed the document. */
    private boolean matches(String known) {
        return known.equals("*") || known.replaceFirst("^W/", "").equals(tag);
    }
}
