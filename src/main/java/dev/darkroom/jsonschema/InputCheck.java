package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.catalogue.Warning;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The check of one body. A member that is null counts as left out, whatever its name. */
final class InputCheck {

    /** More would not help a caller, and an answer has a size limit too. */
    private static final int MAX_REPORTED = 20;

    private final ModelFile file;
    private final UnknownParameters unknown;
    private final Map<String, FixedParameter> fixed;
    private final ObjectNode body;

    InputCheck(JsonSchemaModel model, ObjectNode body) {
        this.file = model.file();
        this.unknown = model.unknown();
        this.fixed = FixedParameter.of(model.asked());
        this.body = body;
    }

    Validation validation() {
        var input = input();
        var violations = Stream.of(
                        file.schema().violations(input).map(this::asNamed), tooManyImages(input), violationsOfOthers())
                .flatMap(found -> found)
                .limit(MAX_REPORTED)
                .toList();
        return violations.isEmpty()
                ? new Validation.Valid(canonical(input).toString(), warnings())
                : new Validation.Invalid(violations);
    }

    /** The names of the model's own parameters that the body has a value for. */
    Set<String> sent() {
        return input().propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** The model's own parameters. */
    private ObjectNode input() {
        var input = body.objectNode();
        for (var name : file.schema().properties().keySet()) {
            if (body.hasNonNull(name)) {
                input.set(name, body.get(name));
            }
        }
        otherNumber().ifPresent(name -> file.images().ifPresent(images -> input.set(images, body.get(name))));
        return input;
    }

    /** Another name under which the number of images is given, and not under the model's own name. */
    private Optional<String> otherNumber() {
        return FixedParameter.NUMBERS_OF_IMAGES.stream()
                .filter(this::isOtherNumber)
                .filter(name -> file.images().filter(body::hasNonNull).isEmpty())
                .findFirst();
    }

    private boolean isOtherNumber(String name) {
        return body.hasNonNull(name)
                && file.images().filter(own -> !own.equals(name)).isPresent()
                && FixedParameter.NUMBERS_OF_IMAGES.contains(name);
    }

    /** The violation with the name that the caller used. */
    private Violation asNamed(Violation violation) {
        return otherNumber()
                .filter(_ -> file.images().filter(violation.field()::equals).isPresent())
                .map(name -> new Violation(name, violation.message()))
                .orElse(violation);
    }

    /** The schema has no maximum when none is established; the gateway still limits what one request may cost. */
    private Stream<Violation> tooManyImages(ObjectNode input) {
        return file.images().stream()
                .filter(name -> !file.schema().property(name).has("maximum")
                        && input.path(name).isNumber()
                        && input.path(name).decimalValue().compareTo(BigDecimal.valueOf(file.maxImages())) > 0)
                .map(name -> asNamed(new Violation(name, "must be at most " + file.maxImages())));
    }

    /** What is wrong with the parameters that are not the model's own. */
    private Stream<Violation> violationsOfOthers() {
        return others().flatMap(other -> violation(other.getKey(), other.getValue()).stream());
    }

    private Stream<Map.Entry<String, JsonNode>> others() {
        return body.propertyStream()
                .filter(member -> !file.schema().properties().containsKey(member.getKey())
                        && !member.getValue().isNull());
    }

    private Optional<Violation> violation(String name, JsonNode value) {
        if (isOtherNumber(name)) {
            var own = file.images().orElseThrow();
            return body.hasNonNull(own) && !FixedParameter.areEqual(body.get(own), value)
                    ? Optional.of(new Violation(name, "must be the same as %s, or left out".formatted(own)))
                    : Optional.empty();
        }
        var known = fixed.get(name);
        if (known != null) {
            return known.takes(value) ? Optional.empty() : Optional.of(new Violation(name, known.message()));
        }
        return unknown == UnknownParameters.REFUSE ? Optional.of(file.schema().unknown(name)) : Optional.empty();
    }

    /** The parameters that nothing knows, where these are ignored. */
    private List<Warning> warnings() {
        return others().map(Map.Entry::getKey)
                .filter(name -> !isOtherNumber(name) && !fixed.containsKey(name))
                .map(file.schema()::unknown)
                .map(violation -> new Warning(violation.field(), "was ignored: it " + violation.message()))
                .limit(MAX_REPORTED)
                .toList();
    }

    /** Defaults filled in, members in the schema's order. */
    private ObjectNode canonical(ObjectNode input) {
        var canonical = input.objectNode();
        file.schema().properties().forEach((name, type) -> {
            var value = input.has(name)
                    ? input.get(name)
                    : file.schema().property(name).get("default");
            if (value != null) {
                canonical.set(name, type.canonical(value));
            }
        });
        return canonical;
    }
}
