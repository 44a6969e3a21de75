package dev.darkroom.bench.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * An update expression, in the forms that the product uses: REMOVE, and SET to a value, an attribute, {@code
 * if_not_exists} or a sum of two of these. Any other form throws an {@link IllegalArgumentException}.
 */
record UpdateExpression(String text, JsonNode names, JsonNode values) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern IF_NOT_EXISTS = Pattern.compile("if_not_exists\\((\\S+), (\\S+)\\)");

    /** A comma between assignments, not between the arguments of a function. */
    private static final Pattern BETWEEN_ASSIGNMENTS = Pattern.compile(", (?![^(]*\\))");

    ObjectNode appliedTo(ObjectNode item) {
        var before = item.deepCopy();
        for (var clause : text.split(" (?=REMOVE )", -1)) {
            var keyword = clause.substring(0, clause.indexOf(' ') + 1);
            for (var each : BETWEEN_ASSIGNMENTS.split(clause.substring(keyword.length()), -1)) {
                switch (keyword) {
                    case "SET " -> set(item, each.split(" = ", 2), before);
                    case "REMOVE " -> item.remove(each);
                    default -> throw new IllegalArgumentException("the table's stub does not know " + clause);
                }
            }
        }
        return item;
    }

    private void set(ObjectNode item, String[] sides, ObjectNode before) {
        var steps = sides[0].split("\\.", -1);
        var parent = item;
        for (int i = 0; i < steps.length - 1; i++) {
            parent = (ObjectNode) parent.required(name(steps[i])).required("M");
        }
        parent.set(name(steps[steps.length - 1]), sum(sides[1].split(" \\+ ", 2), before));
    }

    private JsonNode sum(String[] operands, ObjectNode before) {
        var first = operand(operands[0], before);
        if (operands.length == 1) {
            return first;
        }
        long sum = number(first) + number(operand(operands[1], before));
        return JSON.createObjectNode().put("N", Long.toString(sum));
    }

    private JsonNode operand(String text, ObjectNode before) {
        var alternatives = IF_NOT_EXISTS.matcher(text);
        if (alternatives.matches()) {
            var existing = attribute(alternatives.group(1), before);
            return existing.isMissingNode() ? operand(alternatives.group(2), before) : existing;
        }
        return text.startsWith(":") ? values.required(text) : attribute(text, before);
    }

    private JsonNode attribute(String path, ObjectNode before) {
        JsonNode node = JSON.createObjectNode().set("M", before);
        for (var step : path.split("\\.", -1)) {
            node = node.path("M").path(name(step));
        }
        return node;
    }

    private String name(String step) {
        return names.path(step).asText(step);
    }

    private static long number(JsonNode value) {
        return Long.parseLong(value.required("N").asText());
    }
}
