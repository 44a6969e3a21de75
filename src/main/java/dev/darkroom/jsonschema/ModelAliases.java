package dev.darkroom.jsonschema;

import dev.darkroom.core.catalogue.Suggestion;
import dev.darkroom.core.generation.ModelId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which model draws in place of which, by the deployment's settings. An alias of a model that the catalogue has
 * redirects it; any other alias is a further name.
 */
record ModelAliases(Map<ModelId, ModelId> targets) {

    static final ModelAliases NONE = new ModelAliases(Map.of());

    /** Reads {@code path=model,path=model}; any other text is an {@link IllegalArgumentException}. */
    static ModelAliases parse(String text) {
        var targets = new LinkedHashMap<ModelId, ModelId>();
        for (var alias : text.isBlank() ? new String[0] : text.split(",", -1)) {
            var sides = alias.split("=", -1);
            var path = ModelId.parse(sides[0].strip());
            var model = ModelId.parse(sides[sides.length - 1].strip());
            if (sides.length != 2 || path.isEmpty() || model.isEmpty()) {
                throw new IllegalArgumentException(
                        "an alias is path=model, both in lower case, with a comma between two aliases");
            }
            if (targets.put(path.get(), model.get()) != null) {
                throw new IllegalArgumentException("%s has two aliases".formatted(path.get()));
            }
        }
        return new ModelAliases(targets);
    }

    /** The model of the catalogue that an alias leads to, through further names. {@link #problems} finds circles. */
    Optional<ModelId> drawing(ModelId id, Set<ModelId> models) {
        return target(id).map(first -> {
            var next = first;
            while (!models.contains(next) && targets.containsKey(next)) {
                next = targets.get(next);
            }
            return next;
        });
    }

    private Optional<ModelId> target(ModelId id) {
        return Optional.ofNullable(targets.get(id));
    }

    /** What does not fit the catalogue, a sentence each. */
    List<String> problems(Map<ModelId, ModelFile> files) {
        var problems = new ArrayList<String>();
        targets.keySet().forEach(path -> problem(path, files).ifPresent(problems::add));
        return problems;
    }

    private Optional<String> problem(ModelId path, Map<ModelId, ModelFile> files) {
        var reserved = ReservedIds.problem(path);
        if (reserved.isPresent()) {
            return reserved;
        }
        if (isCircular(path, files)) {
            return Optional.of("%s leads back to itself".formatted(path));
        }
        var model = drawing(path, files.keySet()).orElseThrow();
        if (!files.containsKey(model)) {
            var known = files.keySet().stream().map(ModelId::value).toList();
            var hint = Suggestion.nearest(model.value(), known)
                    .map("; did you mean %s?"::formatted)
                    .orElse("");
            return Optional.of("%s leads to %s, which is not in the catalogue%s".formatted(path, model, hint));
        }
        var from = files.get(path);
        var to = files.get(model);
        return from == null || to == null || hasMap(from, model)
                ? Optional.empty()
                : Optional.of(from.schema().differences(to.schema()))
                        .filter(differences -> !differences.isEmpty())
                        .map(differences -> differ(path, model, differences));
    }

    private static boolean hasMap(ModelFile from, ModelId model) {
        return from.successor()
                .filter(successor -> successor.model().equals(model))
                .isPresent();
    }

    private static String differ(ModelId path, ModelId model, List<String> fields) {
        return ("%s leads to %s, and the two do not agree on %s. Nothing says what becomes of these parameters: add a"
                        + " successor with a map to models/%s.json, or choose a model that takes the same")
                .formatted(path, model, String.join(", ", fields), path);
    }

    /** Follows aliases, and successors where there is no alias, as requests do. */
    private boolean isCircular(ModelId first, Map<ModelId, ModelFile> files) {
        var seen = new HashSet<ModelId>();
        var next = Optional.of(first);
        while (next.isPresent() && seen.add(next.get())) {
            var current = next.get();
            next = target(current)
                    .or(() -> Optional.ofNullable(files.get(current))
                            .flatMap(ModelFile::successor)
                            .map(Successor::model));
        }
        return next.isPresent();
    }
}
