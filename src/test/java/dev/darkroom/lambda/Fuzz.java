package dev.darkroom.lambda;

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

/** What the fuzz tests of the handlers share: events go in and answers go out as bytes, as the Runtime API carries them. */
final class Fuzz {

    /** As Quarkus reads and writes, but that it can write what is nested too deeply to be read. */
    static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
            .build());

    private Fuzz() {}

    static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** As a function gets it; empty when Quarkus would not even read it. */
    static Optional<JsonNode> received(String event) {
        try {
            return Optional.of(JSON.readTree(event));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** The same with characters as escapes: only so half of a surrogate pair gets through UTF-8. */
    static String escaped(String json) {
        return json.chars()
                .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    /** As it leaves the function, and with characters only: half of a surrogate pair is none. */
    static JsonNode sent(JsonNode answer) {
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

    /** A tree of any kind, or a mutated valid event. */
    static String anyEventLike(Random random, ObjectNode valid) {
        return text(
                switch (random.nextInt(4)) {
                    case 0 -> AnyJson.tree(random);
                    case 1 -> AnyJson.object(random);
                    default -> Mutation.mutated(random, valid);
                });
    }
}
