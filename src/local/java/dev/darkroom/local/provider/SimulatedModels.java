package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The simulator's models: those that the gateway has a file of, and one that it has none of. */
final class SimulatedModels {

    /** The model without a file, for {@code make model}. */
    static final String WITHOUT_FILE = "wavespeed-ai/paper-cut/text-to-image";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String INDEX = "models/index.txt";
    private static final String PROVIDER = "wavespeed";

    private static final String PAPER_CUT = """
            {"provider": "wavespeed", "upstreamPath": "%s", "name": "Paper Cut",
             "description": "A model that exists only in the simulator.",
             "price": {"base": {"by": "quality", "values": {"draft": 5000, "fine": 20000}}, "times": "num_images"},
             "input": {"required": ["prompt"], "properties": {
               "prompt": {"type": "string", "description": "Text that describes the image"},
               "size": {"type": "string", "enum": ["1024*1024", "1536*1024"], "default": "1024*1024"},
               "quality": {"type": "string", "enum": ["draft", "fine"], "default": "draft"},
               "num_images": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1},
               "loras": {"type": "array", "items": {"type": "string"}},
               "seed": {"type": "integer", "minimum": -1, "maximum": 2147483647}}}}""".formatted(WITHOUT_FILE);

    /** Static, because the schemas of all simulators of a JVM are in one validator. */
    private static final Map<String, SimulatedModel> BY_PATH = read();

    private static Map<String, SimulatedModel> read() {
        var models = new LinkedHashMap<String, SimulatedModel>();
        try {
            var loader = SimulatedModels.class.getClassLoader();
            for (var index : Collections.list(loader.getResources(INDEX))) {
                for (var path : text(index).lines().toList()) {
                    add(JSON.readTree(text(Objects.requireNonNull(loader.getResource(path), path))), models);
                }
            }
            add(JSON.readTree(PAPER_CUT), models);
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException("the model files cannot be read", e);
        }
    }

    private static void add(JsonNode file, Map<String, SimulatedModel> models) {
        if (file.path("provider").asText().equals(PROVIDER)) {
            var model = SimulatedModel.of(file);
            models.put(model.id(), model);
        }
    }

    private static String text(URL resource) throws IOException {
        try (var stream = resource.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Optional<SimulatedModel> find(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    Collection<SimulatedModel> all() {
        return BY_PATH.values();
    }

    /** What the provider would drop or replace in an input; empty for a model that is not simulated. */
    Optional<String> problem(String path, JsonNode input) {
        return find(path).flatMap(model -> model.problem(input));
    }
}
