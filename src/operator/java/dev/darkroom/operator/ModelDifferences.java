package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** In what a model's file differs from the provider's live catalogue. */
final class ModelDifferences {

    private final JsonNode input;
    private final LiveModel live;

    /** {@code file} is the content of the model's file. */
    ModelDifferences(ObjectNode file, LiveModel live) {
        this.input = file.path("input");
        this.live = live;
    }

    /** A sentence for each difference between their parameters. */
    List<String> ofParameters() {
        var names = new LinkedHashSet<String>();
        input.path("properties").fieldNames().forEachRemaining(names::add);
        names.addAll(live.parameters().keySet());
        return names.stream().flatMap(name -> ofParameter(name).stream()).toList();
    }

    private List<String> ofParameter(String name) {
        var ours = input.path("properties").path(name);
        var theirs = live.parameters().get(name);
        if (theirs == null) {
            return List.of("%s: only the file has it".formatted(name));
        }
        if (ours.isMissingNode()) {
            return List.of("%s: only the provider has it".formatted(name));
        }
        var differences = new ArrayList<String>();
        for (var keyword : LiveModel.KEYWORDS) {
            if (!areEqual(ours.path(keyword), theirs.path(keyword))) {
                differences.add("%s.%s: the file has %s, the provider %s"
                        .formatted(name, keyword, text(ours.path(keyword)), text(theirs.path(keyword))));
            }
        }
        boolean isRequired = input.path("required")
                .valueStream()
                .anyMatch(one -> one.asText().equals(name));
        if (isRequired != live.requires(name)) {
            differences.add("%s: only %s requires it".formatted(name, isRequired ? "the file" : "the provider"));
        }
        return differences;
    }

    /** Numbers by value; lists in any order. */
    private static boolean areEqual(JsonNode a, JsonNode b) {
        if (a.isArray() && b.isArray()) {
            return a.size() == b.size()
                    && a.valueStream().allMatch(one -> b.valueStream().anyMatch(other -> areEqual(one, other)));
        }
        return (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "none";
        }
        return value.isArray()
                ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "))
                : value.asText();
    }

    /**
     * Inputs whose prices show whether the file's price is right: the usual one, one for each value of a parameter that
     * decides the price, and one for two images. Parameters that are left out have their defaults.
     */
    List<ObjectNode> pricedInputs(JsonNode price, JsonNode images) {
        var usual = JsonNodeFactory.instance.objectNode();
        input.path("required").forEach(name -> usual.set(name.asText(), anyValue(name.asText())));
        var inputs = new ArrayList<ObjectNode>();
        inputs.add(usual);
        addByValue(price, usual, inputs);
        if (images.isTextual()) {
            inputs.add(usual.deepCopy().put(images.asText(), 2));
        }
        return inputs;
    }

    private JsonNode anyValue(String name) {
        var parameter = input.path("properties").path(name);
        for (var value :
                List.of(parameter.path("default"), parameter.path("enum").path(0), parameter.path("minimum"))) {
            if (!value.isMissingNode()) {
                return value;
            }
        }
        return TextNode.valueOf("a cat");
    }

    private void addByValue(JsonNode rule, ObjectNode usual, List<ObjectNode> inputs) {
        if (rule.has("base")) {
            addByValue(rule.get("base"), usual, inputs);
        }
        rule.path("values").properties().forEach(value -> {
            var changed = usual.deepCopy();
            changed.set(rule.path("by").asText(), value(rule.path("by").asText(), value.getKey()));
            inputs.add(changed);
            addByValue(value.getValue(), changed, inputs);
        });
    }

    /** A price rule has values as text. */
    private JsonNode value(String name, String text) {
        return input.path("properties")
                .path(name)
                .path("enum")
                .valueStream()
                .filter(value -> value.asText().equals(text))
                .findFirst()
                .orElseGet(() -> List.of("true", "false").contains(text)
                        ? BooleanNode.valueOf(Boolean.parseBoolean(text))
                        : TextNode.valueOf(text));
    }
}
