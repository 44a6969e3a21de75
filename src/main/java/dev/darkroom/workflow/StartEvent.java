package dev.darkroom.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.catalogue.Suggestion;
import dev.darkroom.core.generation.IdempotencyKey;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.errors.InvalidEventException;
import dev.darkroom.http.RequestBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What starts {@code start-generation}: {@code {"model": "…", "input": {…}, "idempotencyKey": "…", "taskToken": "…"}},
 * where the last two may be left out.
 *
 * @param input the model's input, JSON
 * @param taskToken of the task that waits for the generation
 */
record StartEvent(String model, String input, Optional<IdempotencyKey> idempotencyKey, Optional<TaskToken> taskToken) {

    private static final int MAX_NAME_LENGTH = 64;
    private static final List<String> FIELDS = List.of("model", "input", "idempotencyKey", "taskToken");

    /** Any other event is an {@link InvalidEventException}. */
    static StartEvent of(JsonNode event) {
        if (!event.isObject()) {
            throw new InvalidEventException("event must be an object");
        }
        event.fieldNames().forEachRemaining(StartEvent::checkKnown);
        if (!event.path("model").isTextual()) {
            throw new InvalidEventException("model is required and must be a string");
        }
        if (!event.path("input").isObject()) {
            throw new InvalidEventException("input is required and must be an object");
        }
        var input = event.path("input").toString();
        if (input.getBytes(StandardCharsets.UTF_8).length > RequestBytes.MAX_BYTES) {
            throw new InvalidEventException("input is larger than %d KB".formatted(RequestBytes.MAX_BYTES / 1024));
        }
        return new StartEvent(
                event.path("model").textValue(),
                input,
                optional(event, "idempotencyKey", IdempotencyKey::parse, "must be 1 to 255 printable ASCII characters"),
                optional(event, "taskToken", TaskToken::parse, "must be 1 to 2,048 characters"));
    }

    private static void checkKnown(String field) {
        if (!FIELDS.contains(field)) {
            var suggestion = Suggestion.nearest(field, FIELDS).map("; did you mean %s?"::formatted);
            var shown = field.length() > MAX_NAME_LENGTH ? field.substring(0, MAX_NAME_LENGTH) + "…" : field;
            throw new InvalidEventException(shown + " is not known" + suggestion.orElse(""));
        }
    }

    private static <T> Optional<T> optional(
            JsonNode event, String field, Function<String, Optional<T>> parse, String message) {
        if (!event.hasNonNull(field)) {
            return Optional.empty();
        }
        var value = Optional.ofNullable(event.path(field).textValue()).flatMap(parse);
        if (value.isEmpty()) {
            throw new InvalidEventException(field + " " + message);
        }
        return value;
    }
}
