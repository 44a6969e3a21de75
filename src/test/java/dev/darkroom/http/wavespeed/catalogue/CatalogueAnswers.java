package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.Requests;

/** Asks the endpoints of the catalogue, by their own routes and by the default route. */
final class CatalogueAnswers {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private CatalogueAnswers() {}

    static JsonNode get(FuzzedGateway gateway, String path) {
        return gateway.submit.handleRequest(LambdaEvents.http("GET " + path, path), new FakeContext(10_000));
    }

    static JsonNode post(FuzzedGateway gateway, String path, String body) {
        var event = LambdaEvents.http("POST " + path, path).put("body", body);
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    static JsonNode byDefault(FuzzedGateway gateway, String method, String path, String body) {
        var event = Requests.unrouted(method, path).put("body", body);
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    /** The {@code data} of a 200, with numbers as they were written. */
    static JsonNode data(JsonNode answer) {
        var sent = Fuzz.sent(answer);
        if (sent.path("statusCode").intValue() != 200) {
            throw new AssertionError("not a 200: " + sent);
        }
        var body = read(sent.path("body").asText());
        if (body.path("code").intValue() != 200
                || !body.path("message").asText().equals("success")) {
            throw new AssertionError("not the provider's envelope: " + body);
        }
        return body.path("data");
    }

    /** A refusal, with everything that each refusal must have. */
    static CheckedResponse refused(JsonNode answer) {
        return CheckedResponse.of(answer);
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
