package dev.darkroom.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;

/** The body of a request whose members the gateway itself defines: a JSON object. */
public sealed interface RequestJson {

    record Read(ObjectNode object) implements RequestJson {}

    record Refused(ErrorCode code, Violation violation) implements RequestJson {}

    static RequestJson of(ApiGatewayRequest request) {
        return switch (RequestBody.of(request)) {
            case RequestBody.Refused(var code, var violation) -> new Refused(code, violation);
            case RequestBody.Text(var text) -> text.isBlank() ? refused("is missing: send a JSON object") : read(text);
        };
    }

    private static RequestJson read(String text) {
        try {
            return StrictJson.read(text) instanceof ObjectNode object
                    ? new Read(object)
                    : refused("must be a JSON object");
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            return refused("is not valid JSON, or has a member twice"
                    + (location == null
                            ? ""
                            : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr())));
        }
    }

    private static Refused refused(String message) {
        return new Refused(ErrorCode.INVALID_INPUT, new Violation("body", message));
    }
}
