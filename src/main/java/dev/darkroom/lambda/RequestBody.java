package dev.darkroom.lambda;

import dev.darkroom.domain.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text of a request, which API Gateway hands over as it is or in base64, depending on its content type. */
sealed interface RequestBody {

    /** In bytes. A row with a larger input would not fit into the table with all the rest. */
    int LARGEST = 256 * 1024;

    record Text(String text) implements RequestBody {}

    record Refused(Problem problem, Violation violation) implements RequestBody {}

    static RequestBody of(ApiGatewayRequest request) {
        return request.isBase64Encoded() ? ofBase64(request.body()) : ofText(request.body());
    }

    private static RequestBody ofText(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length > LARGEST ? tooLarge() : new Text(body);
    }

    private static RequestBody ofBase64(String body) {
        try {
            var bytes = Base64.getDecoder().decode(body);
            return bytes.length > LARGEST
                    ? tooLarge()
                    : new Text(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (IllegalArgumentException _) {
            return refused(Problem.INVALID_INPUT, "is not valid base64");
        } catch (CharacterCodingException _) {
            return refused(Problem.INVALID_INPUT, "is not UTF-8");
        }
    }

    private static RequestBody tooLarge() {
        return refused(Problem.BODY_TOO_LARGE, "is larger than %d KB".formatted(LARGEST / 1024));
    }

    private static RequestBody refused(Problem problem, String message) {
        return new Refused(problem, new Violation("body", message));
    }
}
