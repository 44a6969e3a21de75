package dev.darkroom.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A request that the gateway answers with a 4xx or 5xx.
 *
 * @param path the path as it was sent, without the query
 * @param code the error code; API Gateway's own answers have only a message, which is then the code
 * @param fields the fields of the request that are wrong
 */
public record Refusal(String method, String path, int status, String code, List<String> fields) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int FIRST = 400;

    public Refusal {
        fields = List.copyOf(fields);
    }

    static boolean isRefused(GatewayResponse response) {
        return response.status() >= FIRST;
    }

    static Refusal of(String method, String path, GatewayResponse response) {
        var body = body(response);
        var code = body.path("error_code").asText(body.path("message").asText(""));
        var fields = body.path("errors")
                .valueStream()
                .map(error -> error.path("field").textValue())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Refusal(method, path, response.status(), code, fields);
    }

    private static JsonNode body(GatewayResponse response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }
}
