package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.ModelId;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a model's file says to callers.
 *
 * @param name for people
 * @param description for people
 * @param input the JSON Schema of the input
 * @param retiredOn from this day on (UTC) the successor draws
 */
public record ModelDescription(
        ModelId id,
        String name,
        String description,
        JsonNode input,
        Optional<LocalDate> retiredOn,
        Optional<ModelId> successor) {

    static ModelDescription of(ModelFile file) {
        return new ModelDescription(
                file.id(),
                file.name(),
                file.description(),
                file.schema().definition(),
                file.retiredOn(),
                file.successor().map(Successor::model));
    }
}
