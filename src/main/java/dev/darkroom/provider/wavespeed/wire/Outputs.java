package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The outputs of a prediction.
 *
 * @param usable the images, in the provider's order
 * @param unreadable whether there are others, which this gateway cannot read
 */
record Outputs(List<Output> usable, boolean unreadable) {

    /** In bytes. An address is shorter; a longer text is an image itself, as a {@code data:} URI. */
    static final int MAX_BYTES = 8 * 1024;

    /** In bytes, for all outputs together. A row may have 400 KB, and its input up to 256 KB of them. */
    static final int MAX_BYTES_TOGETHER = 100 * 1024;

    /** In bytes: what the table needs for an output besides its address. */
    private static final int OVERHEAD = 32;

    private static final String OUTPUTS = "/data/outputs/";

    Outputs {
        usable = List.copyOf(usable);
    }

    /**
     * Some models list objects with a {@code url} instead of addresses, or give a single output without a list. The
     * flags are parallel to the provider's list, blank entries included.
     */
    static Outputs of(JsonNode outputs, JsonNode nsfw) {
        var usable = new ArrayList<Output>();
        boolean unreadable = false;
        int places = outputs.isArray() ? outputs.size() : 1;
        for (int place = 0; place < places; place++) {
            var output = outputs.isArray() ? outputs.path(place) : outputs;
            var url = output.isObject() ? output.path("url") : output;
            if (url.isTextual() && !url.textValue().isBlank()) {
                usable.add(new Output(url.textValue(), isFlagged(nsfw, place)));
            } else {
                unreadable |= !isNothing(output);
            }
        }
        return new Outputs(usable, unreadable);
    }

    private static boolean isFlagged(JsonNode nsfw, int place) {
        return (nsfw.isArray() ? nsfw.path(place) : nsfw).asBoolean(false);
    }

    private static boolean isNothing(JsonNode output) {
        return output.isMissingNode()
                || output.isNull()
                || (output.isTextual() && output.textValue().isBlank())
                || (output.isContainerNode() && output.isEmpty());
    }

    /** Whether the outputs do not fit into the row. */
    boolean areTooLarge() {
        return areTooLarge(usable);
    }

    /** Whether an output is an image itself, as a {@code data:} URI. */
    boolean haveImagesInside() {
        return usable.stream().anyMatch(Output::isInline);
    }

    /** Whether the outputs do not fit into the row even without those that are images themselves. */
    boolean addressesAreTooLarge() {
        return areTooLarge(usable.stream().filter(output -> !output.isInline()).toList());
    }

    private static boolean areTooLarge(List<Output> outputs) {
        var sizes = outputs.stream()
                .map(output -> output.url().getBytes(StandardCharsets.UTF_8).length)
                .toList();
        return sizes.stream().anyMatch(size -> size > MAX_BYTES)
                || sizes.stream().mapToInt(size -> size + OVERHEAD).sum() > MAX_BYTES_TOGETHER;
    }

    /**
     * Whether the prediction's result is too large to be read because of its outputs.
     *
     * @param beginning as much of the answer as was read
     */
    static boolean makeTooLarge(byte[] beginning, PredictionId asked) {
        try (var parser = ProviderJson.FACTORY.createParser(beginning)) {
            return hasLargeOutput(parser, asked);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean hasLargeOutput(JsonParser parser, PredictionId asked) {
        try {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                var path = path(parser);
                if (path.equals("/data/id/")
                        && token.isScalarValue()
                        && !parser.getText().equals(asked.value())) {
                    return false;
                }
                if (path.startsWith(OUTPUTS) && token == JsonToken.VALUE_STRING && parser.getTextLength() > MAX_BYTES) {
                    return true;
                }
            }
            return false;
        } catch (IOException _) {
            // The answer was cut off at this place.
            return path(parser).startsWith(OUTPUTS);
        }
    }

    private static String path(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer() + "/";
    }
}
