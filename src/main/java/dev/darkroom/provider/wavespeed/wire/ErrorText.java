package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The text of an error, which may be an object or a list as well. */
final class ErrorText {

    private static final List<String> NAMES = List.of("message", "detail", "error", "reason", "msg", "description");

    private ErrorText() {}

    /** Compact JSON for an object without a known text field; empty when there is no error. */
    static String of(JsonNode node) {
        if (node.isArray()) {
            return node.valueStream()
                    .map(ErrorText::of)
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
        }
        if (node.isObject()) {
            return NAMES.stream()
                    .map(name -> of(node.path(name)))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElseGet(() -> node.isEmpty() ? "" : node.toString());
        }
        return node.isNull() ? "" : node.asText("").strip();
    }
}
