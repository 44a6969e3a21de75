package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.ModelId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** The parameter that makes two calls with one input draw the same image. */
    private static final String SEED = "seed";

    /** Each is a row, and all rows of a generation are cancelled or deleted in one transaction. */
    private static final int MAX_CALLS = 10;

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
        missing(from, to)
                .map(name -> "successor.map: nothing becomes %s, which %s requires".formatted(name, model))
                .forEach(problems::add);
        return problems;
    }

    /** The parameters that the successor requires, and that a valid input of the other model may not fill. */
    private Stream<String> missing(ModelFile from, ModelFile to) {
        var filled = from.schema().properties().keySet().stream()
                .filter(from.schema()::isAlwaysThere)
                .flatMap(name -> target(name).stream())
                .collect(Collectors.toSet());
        return to.schema().properties().keySet().stream()
                .filter(name -> to.schema().isRequired(name) && !filled.contains(name));
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
                                ? problemOfSeed(name)
                                : "successor.map.%s: is missing, and %s does not take every value of it"
                                        .formatted(name, model);
                    case FieldRule.Rename rename -> problem(name, rename, from, to);
                    case FieldRule.FanOut _ -> problemOfFanOut(name, from, to);
                    case FieldRule.Append _ ->
                        name.equals(PROMPT)
                                ? "successor.map.%s: the prompt cannot be appended to itself".formatted(name)
                                : null;
                    case FieldRule.Drop _, FieldRule.Refuse _ -> null;
                });
    }

    private @Nullable String problemOfSeed(String name) {
        return name.equals(SEED) && map.containsValue(new FieldRule.FanOut())
                ? "successor.map.seed: must be dropped or refused, because all calls of a fanOut would draw the same image"
                : null;
    }

    private @Nullable String problemOfFanOut(String name, ModelFile from, ModelFile to) {
        if (from.images().filter(name::equals).isEmpty()) {
            return "successor.map.%s: fanOut is for the parameter that images names".formatted(name);
        }
        if (from.maxImages() > MAX_CALLS) {
            return "successor.map.%s: fanOut makes %d calls at most, and %s up to %d images"
                    .formatted(name, MAX_CALLS, from.id(), from.maxImages());
        }
        int byDefault = to.images()
                .map(other -> to.schema().property(other).path("default").asInt(1))
                .orElse(1);
        return byDefault > 1
                ? "successor.map.%s: each call of a fanOut makes one image, and %s makes %d by default"
                        .formatted(name, to.id(), byDefault)
                : null;
    }

    private @Nullable String problem(String name, FieldRule.Rename rename, ModelFile from, ModelFile to) {
        var target = to.schema().property(rename.to());
        if (target.isMissingNode()) {
            return "successor.map.%s: %s has no parameter %s".formatted(name, to.id(), rename.to());
        }
        if (rename.values().isEmpty()) {
            return problemOfValues(name, rename.to(), from, to).orElseGet(() -> problemOfSeed(name));
        }
        return from.schema()
                .property(name)
                .path("enum")
                .valueStream()
                .filter(value -> !rename.values().containsKey(value.asText()))
                .map(value -> "successor.map.%s: values has no %s".formatted(name, value.asText()))
                .findFirst()
                .or(() -> rename.values().values().stream()
                        .filter(value -> !to.schema().accepts(rename.to(), value))
                        .map(value -> "successor.map.%s: %s does not take %s".formatted(name, rename.to(), value))
                        .findFirst())
                .orElse(null);
    }

    /** What the successor certainly refuses; patterns and limits are checked with each request. */
    private static Optional<String> problemOfValues(String name, String target, ModelFile from, ModelFile to) {
        if (from.schema().properties().get(name) != to.schema().properties().get(target)) {
            return Optional.of("successor.map.%s: %s is of another type".formatted(name, target));
        }
        return from.schema()
                .property(name)
                .path("enum")
                .valueStream()
                .filter(value -> !to.schema().accepts(target, value))
                .map(value -> "successor.map.%s: %s does not take %s".formatted(name, target, value))
                .findFirst();
    }

    private Stream<String> targets(ModelFile from) {
        return from.schema().properties().keySet().stream().flatMap(name -> target(name).stream());
    }

    /** What a parameter becomes; empty when it is not sent on as such. */
    private Optional<String> target(String name) {
        return switch (map.get(name)) {
            case null -> Optional.of(name);
            case FieldRule.Rename rename -> Optional.of(rename.to());
            case FieldRule.Drop _, FieldRule.Append _, FieldRule.FanOut _, FieldRule.Refuse _ -> Optional.empty();
        };
    }
}
