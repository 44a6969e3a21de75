package dev.darkroom.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.ModelDescription;
import dev.darkroom.core.generation.ModelId;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The operation that submits a request to one model.
 *
 * @param replacement is there if the model has a last day
 */
record ModelOperation(ModelId model, ModelDescription description, Optional<Replacement> replacement) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

    /** From {@code day} on (UTC), {@code successor} draws. */
    record Replacement(LocalDate day, ModelId successor) {}

    /** The operations of all models of a catalogue, by their ids. */
    static List<ModelOperation> of(ModelCatalogue catalogue) {
        return catalogue.ids().stream()
                .sorted(Comparator.comparing(ModelId::value))
                .map(id -> of(catalogue, id))
                .toList();
    }

    private static ModelOperation of(ModelCatalogue catalogue, ModelId id) {
        var model = catalogue.find(id).orElseThrow();
        var replacement = model.retiredOn()
                .flatMap(day -> catalogue
                        .serving(id, day.atStartOfDay(ZoneOffset.UTC).toInstant())
                        .map(successor -> new Replacement(day, successor.id())));
        return new ModelOperation(id, model.description(), replacement);
    }

    String id() {
        return model.value();
    }

    /** The operation of the route of models, with what is particular to this model. */
    ObjectNode of(ObjectNode template) {
        var operation = template.deepCopy();
        operation.put("operationId", template.path("operationId").asText() + name());
        operation.put("summary", description.name());
        operation.put(
                "description",
                "%s\n\n%s".formatted(text(), template.path("description").asText()));
        if (replacement.isPresent()) {
            operation.put("deprecated", true);
        }
        operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schemaName());
        return operation;
    }

    private String text() {
        return replacement
                .map(other -> "%s From %s (UTC) on, `%s` draws."
                        .formatted(description.text(), other.day(), other.successor()))
                .orElse(description.text());
    }

    String schemaName() {
        return name() + "Input";
    }

    JsonNode schema() {
        try {
            return JSON.readTree(description.inputSchema());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code acme/paint-2} is {@code AcmePaint2}. */
    private String name() {
        return SEPARATORS
                .splitAsStream(id())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }
}
