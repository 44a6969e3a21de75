package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.ModelId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model that draws in place of another.
 *
 * @param map what becomes of each parameter; one that is not in it keeps its name and its value
 */
record Successor(ModelId model, Map<String, FieldRule> map) {

    /** The parameter that every model has. */
    static final String PROMPT = "prompt";

    /** Reads a successor that fits the schema of model files. */
    static Successor of(JsonNode successor) {
        var map = new LinkedHashMap<String, FieldRule>();
        successor
                .path("map")
                .properties()
                .forEach(rule -> map.put(rule.getKey(), FieldRule.of(rule.getKey(), rule.getValue())));
        return new Successor(new ModelId(successor.path("model").asText()), map);
    }

    /** What does not fit the two models, a sentence each that begins with the field. */
    List<String> problems(ModelFile from, Map<ModelId, ModelFile> files) {
        var to = files.get(model);
        if (to == null) {
            return List.of("successor.model: %s is not in the catalogue".formatted(model));
        }
        var problems = new ArrayList<String>();
        if (isCircular(from.id(), files)) {
            problems.add("successor.model: the successors of %s lead back to it".formatted(from.id()));
        }
        problems.addAll(new ParameterMapCheck(this, from, to).problems());
        return problems;
    }

    private boolean isCircular(ModelId first, Map<ModelId, ModelFile> files) {
        var seen = new HashSet<>(List.of(first));
        var next = Optional.of(model);
        while (next.isPresent() && seen.add(next.get())) {
            next = Optional.ofNullable(files.get(next.get()))
                    .flatMap(ModelFile::successor)
                    .map(Successor::model);
        }
        return next.isPresent();
    }

    /** What a parameter becomes; empty when it is not sent on as such. */
    Optional<String> target(String name) {
        return switch (map.get(name)) {
            case null -> Optional.of(name);
            case FieldRule.Rename rename -> Optional.of(rename.to());
            case FieldRule.Drop _, FieldRule.Append _, FieldRule.FanOut _, FieldRule.Refuse _ -> Optional.empty();
        };
    }
}
