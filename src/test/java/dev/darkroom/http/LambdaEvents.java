package dev.darkroom.http;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.ValidatableResponse;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends events to the handler of the application under test, through Quarkus' mock of the Runtime API. */
public final class LambdaEvents {

    private static final JsonMapper JSON = new JsonMapper();

    private LambdaEvents() {}

    /** An event as API Gateway makes it, with the key of acme; {@code route} is method, space, pattern. */
    public static ObjectNode http(String route, String path) {
        var method = route.split(" ", 2)[0];
        var event = JSON.createObjectNode().put("version", "2.0").put("routeKey", route);
        event.put("rawPath", path).put("isBase64Encoded", false);
        event.putObject("headers").put("x-forwarded-proto", "https");
        var context = event.putObject("requestContext").put("domainName", "api.example");
        context.putObject("http").put("method", method).put("path", path);
        return TestCallers.as(TestCallers.ACME, event);
    }

    public static ValidatableResponse send(ObjectNode event) {
        int port = ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", int.class);
        return given().port(port)
                .contentType("application/json")
                .body(event.toString())
                .post("/_lambda_")
                .then();
    }
}
