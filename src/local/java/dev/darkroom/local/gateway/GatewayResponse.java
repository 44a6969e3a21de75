package dev.darkroom.local.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A response of API Gateway. */
@SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
record GatewayResponse(int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The answer of a function, in payload format 2.0. */
    static GatewayResponse of(byte[] answer) throws IOException {
        var response = JSON.readTree(answer);
        var headers = new HashMap<String, String>();
        response.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        var body = response.path("body").asText("");
        return new GatewayResponse(
                response.required("statusCode").intValue(),
                headers,
                response.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of API Gateway itself. */
    static GatewayResponse message(int status, String message) {
        return new GatewayResponse(
                status,
                Map.of("Content-Type", "application/json"),
                "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8));
    }

    static GatewayResponse empty(int status, Map<String, String> headers) {
        return new GatewayResponse(status, headers, new byte[0]);
    }

    GatewayResponse withHeaders(Map<String, String> others) {
        return new GatewayResponse(status, others, body);
    }
}
