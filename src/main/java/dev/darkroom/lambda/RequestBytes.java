package dev.darkroom.lambda;

import dev.darkroom.domain.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The body of a request, byte for byte, which API Gateway hands over as text or in base64, depending on its content type. */
sealed interface RequestBytes {

    /** In bytes. A row with a larger input would not fit into the table with all the rest. */
    int MOST = 256 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
    record Received(byte[] bytes) implements RequestBytes {}

    record Refused(Problem problem, Violation violation) implements RequestBytes {}

    /** In characters of base64. What is longer is too large, so that it need not be decoded. */
    int MOST_ENCODED = (MOST + 2) / 3 * 4;

    static RequestBytes of(ApiGatewayRequest request) {
        var body = request.body();
        if (body.length() > (request.isBase64Encoded() ? MOST_ENCODED : MOST)) {
            return tooLarge();
        }
        try {
            var bytes = request.isBase64Encoded()
                    ? Base64.getDecoder().decode(body)
                    : body.getBytes(StandardCharsets.UTF_8);
            return bytes.length > MOST ? tooLarge() : new Received(bytes);
        } catch (IllegalArgumentException _) {
            return refused(Problem.INVALID_INPUT, "is not valid base64");
        }
    }

    private static RequestBytes tooLarge() {
        return refused(Problem.BODY_TOO_LARGE, "is larger than " + MOST / 1024 + " KB");
    }

    private static RequestBytes refused(Problem problem, String message) {
        return new Refused(problem, new Violation("body", message));
    }
}
