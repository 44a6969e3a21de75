package dev.darkroom.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Metadata;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Metadata as callers write it: a JSON object of texts, in a header of a submission or in the filter of a list. It is a
 * header there, because the members of a submission's body are the model's.
 */
public sealed interface MetadataField {

    String HEADER = "X-Darkroom-Metadata";

    /** Without the header there is no metadata. */
    record Accepted(Metadata metadata) implements MetadataField {}

    record Refused(String message) implements MetadataField {}

    /** The same header sent twice counts once, because a proxy may have doubled it. */
    static MetadataField ofHeader(ApiGatewayRequest request) {
        var header = request.header("x-darkroom-metadata");
        return header.isEmpty() ? new Accepted(Metadata.NONE) : ofHeader(header.get());
    }

    private static MetadataField ofHeader(String value) {
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            return new Refused("must be ASCII: write other characters as \\u and four hexadecimal digits");
        }
        try {
            // API Gateway joins repeated headers with commas, so they are the elements of a list.
            var values = StrictJson.read("[" + value + "]").valueStream().collect(Collectors.toSet());
            return values.size() == 1
                    ? of(values.iterator().next())
                    : new Refused("must have one value, a JSON object");
        } catch (JsonProcessingException _) {
            return new Refused("must be a JSON object without a name that occurs twice");
        }
    }

    static MetadataField of(JsonNode node) {
        if (!node.isObject()) {
            return new Refused("must be a JSON object");
        }
        if (node.valueStream().anyMatch(value -> !value.isTextual())) {
            return new Refused("must have texts as values");
        }
        var pairs = new LinkedHashMap<String, String>();
        node.properties()
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue().textValue()));
        return Metadata.problem(pairs)
                .<MetadataField>map(Refused::new)
                .orElseGet(() -> new Accepted(new Metadata(pairs)));
    }

    /** Empty when it is refused. */
    default Optional<Metadata> accepted() {
        return this instanceof Accepted(var metadata) ? Optional.of(metadata) : Optional.empty();
    }
}
