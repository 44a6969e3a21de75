package dev.darkroom.faults.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a client made of a call.
 *
 * @param requests how many requests it sent
 * @param images the SHA-256 of each image that it gave to the program; none when it gave up
 * @param error why it gave up, or empty
 */
record Outcome(int call, int requests, List<String> images, String error) {

    private static final JsonMapper JSON = new JsonMapper();

    Outcome {
        images = List.copyOf(images);
    }

    /** Reads a line that {@code calls.mjs} has printed. */
    static Outcome parse(String line) {
        try {
            var json = JSON.readTree(line);
            return new Outcome(
                    json.required("number").intValue(),
                    json.required("sent").size(),
                    json.required("images").valueStream().map(JsonNode::asText).toList(),
                    json.path("error").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the program printed " + line, e);
        }
    }

    boolean hasGivenUp() {
        return images.isEmpty();
    }
}
