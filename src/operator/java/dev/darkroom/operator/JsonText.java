package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/** Writes JSON in the form of the model files: lists and small objects on one line, parameters on several. */
final class JsonText {

    private static final String INDENT = "  ";

    private JsonText() {}

    static String of(ObjectNode object) {
        return lines(object, "", "") + "\n";
    }

    private static String lines(JsonNode object, String name, String indent) {
        var inner = indent + INDENT;
        return object.properties().stream()
                .map(member -> "%s\"%s\": %s"
                        .formatted(inner, member.getKey(), value(member.getValue(), member.getKey(), name, inner)))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String value(JsonNode value, String name, String parent, String indent) {
        boolean isSpread = parent.equals("properties") || name.equals("errorMessage");
        if (value.isObject() && (isSpread || value.valueStream().anyMatch(JsonNode::isContainerNode))) {
            return lines(value, name, indent);
        }
        return line(value);
    }

    private static String line(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonText::line).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isObject()
                ? value.properties().stream()
                        .map(member -> "\"%s\": %s".formatted(member.getKey(), line(member.getValue())))
                        .collect(Collectors.joining(", ", "{", "}"))
                : value.toString();
    }
}
