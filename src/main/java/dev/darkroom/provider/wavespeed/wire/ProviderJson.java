package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the provider's JSON. Names are not interned, because a native image never frees that memory. Numbers with a
 * fraction or an exponent are read as doubles, because as decimals a few digits could stand for millions.
 */
public final class ProviderJson {

    private static final int DEEPEST = 100;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private ProviderJson() {}

    /** Missing when the text is not JSON. */
    public static JsonNode read(byte[] json) {
        try {
            return orMissing(MAPPER.readTree(json));
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** Missing when the text is not JSON. */
    public static JsonNode read(String json) {
        try {
            return orMissing(MAPPER.readTree(json));
        } catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
