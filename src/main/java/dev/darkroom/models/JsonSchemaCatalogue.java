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
    private static final Map<ModelId, JsonSchemaModel> BUILT_IN = load();

    private final Map<ModelId, JsonSchemaModel> models;

    /**
     * The built-in models, some of them led to another path of the provider.
     *
     * @param upstreamPaths by model id; an id that is not in the catalogue is an {@link IllegalArgumentException}
     */
    public JsonSchemaCatalogue(Map<String, String> upstreamPaths) {
        models = new LinkedHashMap<>(BUILT_IN);
        upstreamPaths.forEach((id, path) -> {
            var model = ModelId.parse(id)
                    .map(BUILT_IN::get)
                    .orElseThrow(() -> new IllegalArgumentException("no model %s to lead elsewhere".formatted(id)));
            var upstream = ModelId.parse(path)
                    .orElseThrow(() -> new IllegalArgumentException("no upstream path: %s".formatted(path)));
            models.put(model.id(), model.at(upstream.value()));
        });
    }

    @Override
    public Optional<Model> find(ModelId id) {
        return Optional.ofNullable(models.get(id));
    }

    @Override
    public Collection<ModelId> ids() {
        return models.keySet();
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
