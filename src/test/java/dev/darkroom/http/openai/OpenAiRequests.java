package dev.darkroom.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests of OpenAI's clients to the functions. */
final class OpenAiRequests {

    /** More than a request may wait. */
    private static final int REMAINING_MILLIS = 29_000;

    /**
     * An answer.
     *
     * @param body empty when there is none
     */
    record Answer(int status, Map<String, String> headers, JsonNode body) {

        JsonNode error() {
            return body.path("error");
        }
    }

    private OpenAiRequests() {}

    static ObjectNode generation(String body) {
        return post("/v1/images/generations", body);
    }

    static ObjectNode post(String path, String body) {
        var event = LambdaEvents.http("POST " + path, path).put("body", body);
        event.withObject("/headers").put("content-type", "application/json");
        return event;
    }

    static ObjectNode with(String header, String value, ObjectNode event) {
        event.withObject("/headers").put(header, value);
        return event;
    }

    static Answer submitted(FuzzedGateway gateway, ObjectNode event) {
        return answer(gateway.submit.handleRequest(event, new FakeContext(REMAINING_MILLIS)));
    }

    static Answer read(FuzzedGateway gateway, ObjectNode event) {
        return answer(gateway.get.handleRequest(event, new FakeContext(REMAINING_MILLIS)));
    }

    private static Answer answer(JsonNode answer) {
        var sent = Fuzz.sent(answer);
        var headers = new TreeMap<String, String>();
        sent.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Answer(
                sent.path("statusCode").intValue(),
                headers,
                sent.path("body").asText().isEmpty()
                        ? Fuzz.object("{}")
                        : Fuzz.object(sent.path("body").asText()));
    }
}
