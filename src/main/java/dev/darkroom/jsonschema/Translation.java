package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The translation of one input for the model that draws it. */
final class Translation {

    private final Map<String, FieldRule> map;
    private final Model drawing;
    private final Set<String> sent;
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> asked = new HashMap<>();
    private final List<String> appended = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private int copies = 1;

    /** {@code sent} are the parameters that the caller sent. A default that is not used needs no warning. */
    Translation(Map<String, FieldRule> map, Model drawing, Set<String> sent) {
        this.map = map;
        this.drawing = drawing;
        this.sent = sent;
    }

    /** {@code input} is the text of {@code valid}, read. */
    Validation of(ObjectNode input, Validation.Valid valid) {
        input.propertyStream().forEach(parameter -> translate(parameter.getKey(), parameter.getValue()));
        if (!violations.isEmpty()) {
            return new Validation.Invalid(violations);
        }
        if (!appended.isEmpty()) {
            var prompt = body.path(Successor.PROMPT).asText();
            body.put(Successor.PROMPT, prompt + "\n\n" + String.join("\n", appended));
        }
        return switch (drawn()) {
            case Validation.Invalid(var wrong) ->
                new Validation.Invalid(wrong.stream()
                        .map(violation -> new Violation(asAsked(violation.field()), violation.message()))
                        .toList());
            case Validation.Valid(var translated, var more, var others) ->
                new Validation.Valid(
                        translated,
                        copies * more,
                        Stream.of(
                                        valid.warnings(),
                                        warnings,
                                        others.stream().map(this::asAsked).toList())
                                .flatMap(List::stream)
                                .toList());
        };
    }

    /** The model that draws may be drawn by another one itself. */
    private Validation drawn() {
        var text = body.toString();
        return drawing instanceof TranslatedModel next
                ? next.validate(
                        text,
                        body.propertyStream()
                                .map(Map.Entry::getKey)
                                .filter(name -> sent.contains(asAsked(name)))
                                .collect(Collectors.toSet()))
                : drawing.validate(text);
    }

    private Warning asAsked(Warning warning) {
        return new Warning(asAsked(warning.field()), warning.message());
    }

    /** The caller's name of a parameter of the model that draws. */
    private String asAsked(String name) {
        return asked.getOrDefault(name, name);
    }

    private void translate(String name, JsonNode value) {
        switch (map.get(name)) {
            case null -> body.set(name, value);
            case FieldRule.Rename(var to, var values) -> rename(name, value, to, values);
            case FieldRule.FanOut() -> copies = value.intValue();
            case FieldRule.Drop(var reason) -> {
                if (sent.contains(name)) {
                    warnings.add(new Warning(name, "was not used: " + reason));
                }
            }
            case FieldRule.Append append -> {
                if (sent.contains(name) && !value.asText().isBlank()) {
                    appended.add(append.with(value.asText()));
                    warnings.add(new Warning(name, "was appended to the prompt"));
                }
            }
            case FieldRule.Refuse(var reason) -> {
                if (sent.contains(name)) {
                    violations.add(new Violation(name, "must be left out: " + reason));
                }
            }
        }
    }

    private void rename(String name, JsonNode value, String to, Map<String, JsonNode> values) {
        var other = values.isEmpty() ? value : values.get(value.asText());
        if (other == null) {
            violations.add(new Violation(
                    name,
                    "must be one of %s, because %s draws it"
                            .formatted(String.join(", ", values.keySet()), drawing.id())));
        } else {
            body.set(to, other);
            asked.put(to, name);
        }
    }
}
