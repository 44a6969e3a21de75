package dev.darkroom.http.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.core.catalogue.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Parameters of OpenAI whose default asks for what happens anyway. A request that names the default is the same without
 * it. Any other value is the model's to check, or is refused because no model can do it here.
 */
final class WithoutEffect {

    private static final Map<String, List<JsonNode>> DEFAULTS = Map.of(
            "quality", List.of(TextNode.valueOf("auto"), TextNode.valueOf("standard")),
            "background", List.of(TextNode.valueOf("auto")),
            "moderation", List.of(TextNode.valueOf("auto")),
            "style", List.of(TextNode.valueOf("vivid")),
            "output_compression", List.of(IntNode.valueOf(100)),
            "stream", List.of(BooleanNode.FALSE),
            "partial_images", List.of(IntNode.valueOf(0)));

    private WithoutEffect() {}

    /** Removes what has no effect, and says what no model can do. */
    static List<Violation> takeFrom(ObjectNode body) {
        DEFAULTS.forEach((name, defaults) -> {
            if (defaults.contains(body.path(name))) {
                body.remove(name);
            }
        });
        return Stream.of(refused(body, "stream", "false"), refused(body, "partial_images", "0"))
                .flatMap(refused -> refused)
                .toList();
    }

    private static Stream<Violation> refused(ObjectNode body, String name, String fitting) {
        return body.remove(name) == null
                ? Stream.of()
                : Stream.of(new Violation(
                        name,
                        "must be %s or left out: this gateway answers with whole images only".formatted(fitting)));
    }
}
