package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** What the fuzz tests of the handlers share: events and responses travel as bytes, as in the Runtime API. */
public final class Fuzz {

    /** Configured as in Quarkus, except that it can write trees that are nested too deeply to be read. */
    static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
            .build());

    private Fuzz() {}

    public static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    public static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The event as a function gets it; empty when Quarkus cannot read it. */
    public static Optional<JsonNode> received(String event) {
        try {
            return Optional.of(JSON.readTree(event));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** The text with escapes, because half of a surrogate pair passes through UTF-8 only as an escape. */
    static String escaped(String json) {
        return json.chars()
                .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    /** The response as the function sends it. Half of a surrogate pair is not a character and fails the test. */
    public static JsonNode sent(JsonNode answer) {
        try {
            var sent = JSON.readTree(JSON.writeValueAsBytes(answer));
            assertThat(isUnicode(text(sent)))
                    .as("only characters are in %s", sent)
                    .isTrue();
            return sent;
        } catch (IOException e) {
            throw new AssertionError("the runtime cannot send this answer", e);
        }
    }

    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** An arbitrary tree, or a mutated valid event. */
    public static String anyEventLike(Random random, ObjectNode valid) {
        return text(
                switch (random.nextInt(4)) {
                    case 0 -> ArbitraryJson.tree(random);
                    case 1 -> ArbitraryJson.object(random);
                    default -> Mutation.mutated(random, valid);
                });
    }
}
