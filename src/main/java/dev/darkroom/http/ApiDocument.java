package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The OpenAPI document of the gateway, which the build makes from routes and models.
 *
 * @param text JSON
 */
public record ApiDocument(String text) {

    private static final String RESOURCE = "openapi.json";

    /** It is the same for all, and changes only with a deployment, so a reader may be some minutes late. */
    private static final String CACHING = "public, max-age=300";

    /** Apart, so that only a process that serves the document loads it; a native image has it loaded. */
    private static final class Packaged {
        static final ApiDocument DOCUMENT = new ApiDocument(read());
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
        return CachedResponse.of(request, text, CACHING);
    }
}
