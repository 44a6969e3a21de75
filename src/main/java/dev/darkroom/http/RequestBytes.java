package dev.darkroom.http;

import dev.darkroom.core.catalogue.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The bytes of a request body, which API Gateway passes on as text or in base64, depending on the content type. */
public sealed interface RequestBytes {

    /** In bytes. A row with a larger input might not fit into the table. */
    int MAX_BYTES = 256 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
    record Received(byte[] bytes) implements RequestBytes {}

    record Refused(ErrorCode code, Violation violation) implements RequestBytes {}

    /** In characters of base64. A longer body is too large, so it is not decoded. */
    int MAX_ENCODED_BYTES = (MAX_BYTES + 2) / 3 * 4;

    static RequestBytes of(ApiGatewayRequest request) {
        var body = request.body();
        if (body.length() > (request.isBase64Encoded() ? MAX_ENCODED_BYTES : MAX_BYTES)) {
            return tooLarge();
        }
        try {
            var bytes = request.isBase64Encoded()
                    ? Base64.getDecoder().decode(body)
                    : body.getBytes(StandardCharsets.UTF_8);
            return bytes.length > MAX_BYTES ? tooLarge() : new Received(bytes);
        } catch (IllegalArgumentException _) {
            return refused(ErrorCode.INVALID_INPUT, "is not valid base64");
        }
    }

    private static RequestBytes tooLarge() {
        return refused(ErrorCode.BODY_TOO_LARGE, "is larger than " + MAX_BYTES / 1024 + " KB");
    }

    private static RequestBytes refused(ErrorCode code, String message) {
        return new Refused(code, new Violation("body", message));
    }
}
