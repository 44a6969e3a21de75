package dev.darkroom.wavespeed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON of the provider's. Names are not interned, because a native image never frees that memory; numbers with a fraction or
 * an exponent are read as doubles, because as decimals a few digits could stand for millions.
 */
final class ProviderJson {

    private static final int DEEPEST = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private ProviderJson() {}

    /** Missing when it is no JSON. */
    static JsonNode read(byte[] json) {
        try {
            return orMissing(MAPPER.readTree(json));
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** Missing when it is no JSON. */
    static JsonNode read(String json) {
        try {
            return orMissing(MAPPER.readTree(json));
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
