package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Core;
import java.util.Base64;

/** Events as API Gateway makes them of what clients send. */
final class Requests {

    private Requests() {}

    static ObjectNode submission(String body) {
        return submission().put("body", body);
    }

    /** As API Gateway hands over a body whose content type is not text. */
    static ObjectNode submission(byte[] body) {
        return submission()
                .put("body", Base64.getEncoder().encodeToString(body))
                .put("isBase64Encoded", true);
    }

    private static ObjectNode submission() {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/" + Core.MODEL);
        event.putObject("pathParameters").put("model", Core.MODEL);
        return event;
    }

    static ObjectNode valid() {
        return submission("{\"prompt\": \"%s\"}".formatted(WatchedLogs.PROMPT));
    }

    static ObjectNode result(String id) {
        var event = LambdaEvents.http("GET /api/v3/predictions/{id}/result", "/api/v3/predictions/" + id + "/result");
        event.putObject("pathParameters").put("id", id);
        return event;
    }

    /** A request that no route takes but the default one. */
    static ObjectNode unrouted(String method, String path) {
        var event = LambdaEvents.http("$default", path);
        event.withObject("/requestContext/http").put("method", method);
        return event;
    }

    static ObjectNode withHeader(ObjectNode event, String name, String value) {
        event.withObject("/headers").put(name, value);
        return event;
    }
}
