package dev.darkroom.http.wavespeed.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Suggestion;
import dev.darkroom.core.catalogue.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the members of a request's body, and collects what is wrong with them. A member that is null is absent. */
final class BodyMembers {

    private static final int MAX_VIOLATIONS = 20;
    private static final int MAX_NAME_LENGTH = 64;

    private final ObjectNode body;
    private final List<Violation> violations = new ArrayList<>();

    /** {@code known} are all members that the request may have. */
    BodyMembers(ObjectNode body, List<String> known) {
        this.body = body;
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse(shortened(name), () -> unknown(name, known));
            }
        });
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
    }

    private static String unknown(String name, List<String> known) {
        return Suggestion.nearest(name, known)
                .map("is not known; did you mean %s?"::formatted)
                .orElseGet(() -> "is not known; the body takes " + String.join(", ", known));
    }

    void refuse(String name, String message) {
        refuse(name, () -> message);
    }

    /** A body may have thousands of unknown members, and a suggestion takes time, so only those shown get one. */
    private void refuse(String name, Supplier<String> message) {
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(new Violation(name, message.get()));
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    Optional<JsonNode> member(String name) {
        return Optional.ofNullable(body.get(name)).filter(value -> !value.isNull());
    }

    /** A whole number from {@code least} to {@code most}; 4.0 is 4. */
    Optional<Integer> number(String name, int least, int most) {
        return read(
                name,
                value -> inRange(value, least, most),
                "must be a whole number from %d to %d".formatted(least, most));
    }

    private static Optional<Integer> inRange(JsonNode value, int least, int most) {
        return Optional.of(value)
                .filter(number -> number.canConvertToExactIntegral() && number.canConvertToInt())
                .map(JsonNode::intValue)
                .filter(number -> number >= least && number <= most);
    }

    /** False when it is absent. */
    boolean flag(String name) {
        return read(
                        name,
                        value -> Optional.of(value).filter(JsonNode::isBoolean).map(JsonNode::booleanValue),
                        "must be true or false")
                .orElse(false);
    }

    /** A text that {@code parse} accepts. */
    <T> Optional<T> text(String name, Function<String, Optional<T>> parse, String message) {
        return read(name, value -> Optional.ofNullable(value.textValue()).flatMap(parse), message);
    }

    private <T> Optional<T> read(String name, Function<JsonNode, Optional<T>> parse, String message) {
        var given = member(name);
        var value = given.flatMap(parse);
        if (given.isPresent() && value.isEmpty()) {
            refuse(name, message);
        }
        return value;
    }
}
