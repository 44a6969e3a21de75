package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models under {@code /models}: one JSON file each, listed in {@code index.txt}, which the build writes. */
public final class JsonSchemaCatalogue implements ModelCatalogue {

    private static final String INDEX = "models/index.txt";

    /** Static, so that a native image holds the parsed models and parses nothing at start. */
    private static final Map<ModelId, JsonSchemaModel> DEPLOYED = load(JsonSchemaCatalogue.class.getClassLoader());

    private final Map<ModelId, JsonSchemaModel> models;

    /** The models of the artifact. */
    public JsonSchemaCatalogue() {
        this(DEPLOYED);
    }

    private JsonSchemaCatalogue(Map<ModelId, JsonSchemaModel> models) {
        this.models = models;
    }

    /** The models of every index that this class loader finds. */
    public static JsonSchemaCatalogue of(ClassLoader loader) {
        return new JsonSchemaCatalogue(load(loader));
    }

    private static Map<ModelId, JsonSchemaModel> load(ClassLoader loader) {
        var models = new LinkedHashMap<ModelId, JsonSchemaModel>();
        try {
            var indexes = Collections.list(loader.getResources(INDEX));
            if (indexes.isEmpty()) {
                throw missing(INDEX);
            }
            for (var index : indexes) {
                for (var path : text(index).lines().toList()) {
                    var model = model(loader, path);
                    models.put(model.id(), model);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a model of the catalogue could not be read", e);
        }
        return models;
    }

    private static JsonSchemaModel model(ClassLoader loader, String path) throws IOException {
        try (var file = Optional.ofNullable(loader.getResourceAsStream(path)).orElseThrow(() -> missing(path))) {
            JsonNode entry = new JsonMapper().readTree(file);
            var id = new ModelId(entry.required("id").textValue());
            return new JsonSchemaModel(
                    id,
                    new ProviderId(entry.required("provider").textValue()),
                    entry.required("upstreamPath").textValue(),
                    entry.path("imageCount").asText("num_images"),
                    InputSchema.of(id, entry.required("input")));
        }
    }

    private static String text(URL resource) throws IOException {
        try (InputStream stream = resource.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static IllegalStateException missing(String path) {
        return new IllegalStateException("the artifact has no " + path);
    }

    @Override
    public Optional<Model> find(ModelId id) {
        return Optional.ofNullable(models.get(id));
    }

    @Override
    public Collection<ModelId> ids() {
        return models.keySet();
    }
}
