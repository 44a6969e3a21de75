package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import java.util.Base64;

/** Events as API Gateway makes them from clients' requests. */
public final class Requests {

    private Requests() {}

    /** A submission to this model. */
    public static ObjectNode submission(String model, String body) {
        var event =
                LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/" + model).put("body", body);
        event.putObject("pathParameters").put("model", model);
        return event;
    }

    static ObjectNode submission(String body) {
        return submission().put("body", body);
    }

    /** API Gateway passes on a body as base64 when its content type is not text. */
    static ObjectNode submission(byte[] body) {
        return submission()
                .put("body", Base64.getEncoder().encodeToString(body))
                .put("isBase64Encoded", true);
    }

    private static ObjectNode submission() {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/" + CoreFixture.MODEL);
        event.putObject("pathParameters").put("model", CoreFixture.MODEL);
        return event;
    }

    public static ObjectNode valid() {
        return submission("{\"prompt\": \"%s\"}".formatted(LogLeakCheck.PROMPT));
    }

    public static ObjectNode result(String id) {
        var event = LambdaEvents.http("GET /api/v3/predictions/{id}/result", "/api/v3/predictions/" + id + "/result");
        event.putObject("pathParameters").put("id", id);
        return event;
    }

    /** A link of an image; {@code file} is its last part. */
    public static ObjectNode image(String id, String token, String file) {
        var event = LambdaEvents.http("GET /images/{id}/{token}/{file}", "/images/%s/%s/%s".formatted(id, token, file));
        event.putObject("pathParameters").put("id", id).put("token", token).put("file", file);
        return event;
    }

    /** The receipt of the image of a link. */
    public static ObjectNode receipt(String id, String token, String file) {
        var event = LambdaEvents.http(
                "GET /images/{id}/{token}/{file}/receipt", "/images/%s/%s/%s/receipt".formatted(id, token, file));
        event.putObject("pathParameters").put("id", id).put("token", token).put("file", file);
        return event;
    }

    public static ObjectNode byHash(String hash) {
        var event = LambdaEvents.http("GET /v1/images/by-hash/{sha256}", "/v1/images/by-hash/" + hash);
        event.putObject("pathParameters").put("sha256", hash);
        return event;
    }

    public static ObjectNode events(String id) {
        return ofPrediction("GET /api/v3/predictions/{id}/events", id);
    }

    public static ObjectNode cancellation(String id) {
        return ofPrediction("POST /api/v3/predictions/{id}/cancel", id);
    }

    /** {@code route} is method, space, pattern. */
    private static ObjectNode ofPrediction(String route, String id) {
        var event = LambdaEvents.http(route, route.split(" ", 2)[1].replace("{id}", id));
        event.putObject("pathParameters").put("id", id);
        return event;
    }

    /** A webhook of this provider about this row, without a body. */
    public static ObjectNode webhook(String provider, String id) {
        var event = LambdaEvents.http("POST /webhooks/{provider}/{id}", "/webhooks/%s/%s".formatted(provider, id));
        event.putObject("pathParameters").put("provider", provider).put("id", id);
        return event;
    }

    /** A request that only the default route matches. */
    public static ObjectNode unrouted(String method, String path) {
        var event = LambdaEvents.http("$default", path);
        event.withObject("/requestContext/http").put("method", method);
        return event;
    }

    /** The same request of another owner. */
    public static ObjectNode ofAnotherOwner(ObjectNode event) {
        return TestCallers.as(TestCallers.ANOTHER, event);
    }

    static ObjectNode withHeader(ObjectNode event, String name, String value) {
        event.withObject("/headers").put(name, value);
        return event;
    }
}
