package dev.darkroom.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.application.Model;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.domain.ModelId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models under {@code /models}: one JSON file each, listed in {@code index.txt}, which the build writes. */
public final class JsonSchemaCatalogue implements ModelCatalogue {

    /** Static, so that a native image holds the parsed models and parses nothing at start. */
    private static final Map<ModelId, JsonSchemaModel> MODELS = load();

    @Override
    public Optional<Model> find(ModelId id) {
        return Optional.ofNullable(MODELS.get(id));
    }

    @Override
    public Collection<ModelId> ids() {
        return MODELS.keySet();
    }

    private static Map<ModelId, JsonSchemaModel> load() {
        var models = new LinkedHashMap<ModelId, JsonSchemaModel>();
        var mapper = new JsonMapper();
        try (var index = resource("/models/index.txt")) {
            for (var path : new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                try (var file = resource("/" + path)) {
                    JsonNode entry = mapper.readTree(file);
                    var id = new ModelId(entry.required("id").textValue());
                    var upstreamPath = entry.required("upstreamPath").textValue();
                    models.put(id, new JsonSchemaModel(id, upstreamPath, InputSchema.of(id, entry.required("input"))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a model of the catalogue cannot be read", e);
        }
        return models;
    }

    private static InputStream resource(String path) {
        var stream = JsonSchemaCatalogue.class.getResourceAsStream(path);
        if (stream == null) {
            throw new IllegalStateException("the artifact has no " + path);
        }
        return stream;
    }
}
