package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.ModelId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        map.keySet().stream()
                .filter(name -> !from.schema().properties().containsKey(name))
                .map(name -> "successor.map.%s: is not a parameter of %s".formatted(name, from.id()))
                .forEach(problems::add);
        from.schema().properties().keySet().stream()
                .flatMap(name -> problem(name, from, to).stream())
                .forEach(problems::add);
        var targets = new HashSet<String>();
        targets(from)
                .filter(target -> !targets.add(target))
                .map(target -> "successor.map: two parameters become %s".formatted(target))
                .forEach(problems::add);
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

    private Optional<String> problem(String name, ModelFile from, ModelFile to) {
        return Optional.ofNullable(
                switch (map.get(name)) {
                    case null ->
                        from.schema().isTakenBy(to.schema(), name)
                                ? null
                                : "successor.map.%s: is missing, and %s does not take every value of it"
                                        .formatted(name, model);
                    case FieldRule.Rename rename -> problem(name, rename, from, to);
                    case FieldRule.FanOut _ ->
                        from.images().filter(name::equals).isEmpty()
                                ? "successor.map.%s: fanOut is for the parameter that images names".formatted(name)
                                : null;
                    case FieldRule.Append _ ->
                        name.equals(PROMPT)
                                ? "successor.map.%s: the prompt cannot be appended to itself".formatted(name)
                                : null;
                    case FieldRule.Drop _, FieldRule.Refuse _ -> null;
                });
    }

    private static @Nullable String problem(String name, FieldRule.Rename rename, ModelFile from, ModelFile to) {
        var target = to.schema().property(rename.to());
        if (target.isMissingNode()) {
            return "successor.map.%s: %s has no parameter %s".formatted(name, to.id(), rename.to());
        }
        return from.schema()
                .property(name)
                .path("enum")
                .valueStream()
                .filter(value -> !rename.values().isEmpty() && !rename.values().containsKey(value.asText()))
                .map(value -> "successor.map.%s: values has no %s".formatted(name, value.asText()))
                .findFirst()
                .or(() -> rename.values().values().stream()
                        .filter(value -> !to.schema().accepts(rename.to(), value))
                        .map(value -> "successor.map.%s: %s does not take %s".formatted(name, rename.to(), value))
                        .findFirst())
                .orElse(null);
    }

    private Stream<String> targets(ModelFile from) {
        return from.schema().properties().keySet().stream().flatMap(name -> switch (map.get(name)) {
            case null -> Stream.of(name);
            case FieldRule.Rename rename -> Stream.of(rename.to());
            case FieldRule.Drop _, FieldRule.Append _, FieldRule.FanOut _, FieldRule.Refuse _ -> Stream.of();
        });
    }
}
