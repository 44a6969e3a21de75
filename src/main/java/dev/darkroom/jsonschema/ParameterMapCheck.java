package dev.darkroom.jsonschema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the map of a successor fits the parameters of the two models. */
final class ParameterMapCheck {

    /** The parameter that makes two calls with one input draw the same image. */
    private static final String SEED = "seed";

    /** Each is a row, and all rows of a generation are cancelled or deleted in one transaction. */
    private static final int MAX_CALLS = 10;

    private final Successor successor;
    private final ModelFile from;
    private final ModelFile to;

    /** {@code to} draws in place of {@code from}. */
    ParameterMapCheck(Successor successor, ModelFile from, ModelFile to) {
        this.successor = successor;
        this.from = from;
        this.to = to;
    }

    /** What does not fit, a sentence each that begins with the field. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        successor.map().keySet().stream()
                .filter(name -> !from.schema().properties().containsKey(name))
                .map(name -> "successor.map.%s: is not a parameter of %s".formatted(name, from.id()))
                .forEach(problems::add);
        from.schema().properties().keySet().stream()
                .flatMap(name -> problem(name).stream())
                .forEach(problems::add);
        var targets = new HashSet<String>();
        targets()
                .filter(target -> !targets.add(target))
                .map(target -> "successor.map: two parameters become %s".formatted(target))
                .forEach(problems::add);
        missing()
                .map(name -> "successor.map: nothing becomes %s, which %s requires".formatted(name, to.id()))
                .forEach(problems::add);
        return problems;
    }

    /** The parameters that the successor requires, and that a valid input of the other model may not fill. */
    private Stream<String> missing() {
        var filled = from.schema().properties().keySet().stream()
                .filter(from.schema()::isAlwaysThere)
                .flatMap(name -> successor.target(name).stream())
                .collect(Collectors.toSet());
        return to.schema().properties().keySet().stream()
                .filter(name -> to.schema().isRequired(name) && !filled.contains(name));
    }

    private Stream<String> targets() {
        return from.schema().properties().keySet().stream().flatMap(name -> successor.target(name).stream());
    }

    private Optional<String> problem(String name) {
        return Optional.ofNullable(
                switch (successor.map().get(name)) {
                    case null ->
                        from.schema().isTakenBy(to.schema(), name)
                                ? problemOfSeed(name, name).orElse(null)
                                : "successor.map.%s: is missing, and %s does not take every value of it"
                                        .formatted(name, to.id());
                    case FieldRule.Rename rename -> problem(name, rename);
                    case FieldRule.FanOut _ -> problemOfFanOut(name);
                    case FieldRule.Append _ ->
                        name.equals(Successor.PROMPT)
                                ? "successor.map.%s: the prompt cannot be appended to itself".formatted(name)
                                : null;
                    case FieldRule.Drop _, FieldRule.Refuse _ -> null;
                });
    }

    /** A seed may have different names in the two models. */
    private Optional<String> problemOfSeed(String name, String target) {
        return (isSeed(name) || isSeed(target)) && successor.map().containsValue(new FieldRule.FanOut())
                ? Optional.of(
                        "successor.map.%s: must be dropped or refused, because all calls of a fanOut would draw the same image"
                                .formatted(name))
                : Optional.empty();
    }

    private static boolean isSeed(String name) {
        return name.equals(SEED) || name.endsWith("_" + SEED);
    }

    private @Nullable String problemOfFanOut(String name) {
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

    private @Nullable String problem(String name, FieldRule.Rename rename) {
        var target = to.schema().property(rename.to());
        if (target.isMissingNode()) {
            return "successor.map.%s: %s has no parameter %s".formatted(name, to.id(), rename.to());
        }
        var problem =
                rename.values().isEmpty() ? problemOfSameValues(name, rename.to()) : problemOfOtherValues(name, rename);
        return problem.or(() -> problemOfSeed(name, rename.to())).orElse(null);
    }

    private Optional<String> problemOfOtherValues(String name, FieldRule.Rename rename) {
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
                        .findFirst());
    }

    /** What the successor certainly refuses; patterns and limits are checked with each request. */
    private Optional<String> problemOfSameValues(String name, String target) {
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
}
