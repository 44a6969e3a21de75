package dev.darkroom.lambda;

import dev.darkroom.domain.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a request. */
sealed interface RequestBody {

    record Text(String text) implements RequestBody {}

    record Refused(Problem problem, Violation violation) implements RequestBody {}

    static RequestBody of(ApiGatewayRequest request) {
        return switch (RequestBytes.of(request)) {
            case RequestBytes.Refused(var problem, var violation) -> new Refused(problem, violation);
            case RequestBytes.Received(var bytes) -> text(bytes);
        };
    }

    private static RequestBody text(byte[] bytes) {
        try {
            return new Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return new Refused(Problem.INVALID_INPUT, new Violation("body", "is not UTF-8"));
        }
    }
}
