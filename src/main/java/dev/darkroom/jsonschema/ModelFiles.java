package dev.darkroom.jsonschema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.generation.ModelId;
import dev.harrel.jsonschema.JsonSchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the model files and checks them as a whole. A file {@code own/models/…} is the owner's own, and replaces the
 * file {@code models/…} of the same model.
 */
final class ModelFiles {

    private static final String INDEX = "models/index.txt";
    private static final String OWN = "own/";
    private static final String SCHEMA = "schemas/model.schema.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final FileSchema schema;
    private final Map<ModelId, ModelFile> files = new LinkedHashMap<>();
    private final Map<ModelId, String> paths = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ModelFiles(FileSchema schema) {
        this.schema = schema;
    }

    /** The files that the indexes list; the build of the artifact writes one of them. */
    static Map<ModelId, ModelFile> of(ClassLoader loader) {
        var texts = new LinkedHashMap<String, String>();
        for (var index : indexes(loader)) {
            text(index).lines().forEach(path -> texts.put(path, text(resource(loader, path))));
        }
        return of(texts);
    }

    private static List<URL> indexes(ClassLoader loader) {
        try {
            var indexes = Collections.list(loader.getResources(INDEX));
            if (indexes.isEmpty()) {
                throw missing(INDEX);
            }
            return indexes;
        } catch (IOException e) {
            throw new UncheckedIOException("the indexes of models could not be found", e);
        }
    }

    /**
     * The models by id. If anything is wrong, an {@link IllegalStateException} names every file and field.
     *
     * @param texts by path
     */
    static Map<ModelId, ModelFile> of(Map<String, String> texts) {
        var catalogue = new ModelFiles(new FileSchema(json(text(resource(ModelFiles.class.getClassLoader(), SCHEMA)))));
        texts.forEach((path, text) -> {
            if (!texts.containsKey(OWN + path)) {
                catalogue.read(path, text);
            }
        });
        catalogue.checkSuccessors();
        if (!catalogue.problems.isEmpty()) {
            throw new IllegalStateException(catalogue.problems.stream()
                    .collect(Collectors.joining("\n", "The catalogue of models is wrong:\n", "")));
        }
        return catalogue.files;
    }

    private void read(String path, String text) {
        var node = parsed(path, text);
        if (node == null) {
            return;
        }
        var wrong = schema.problems(node);
        if (!wrong.isEmpty()) {
            report(path, wrong);
            return;
        }
        try {
            add(path, ModelFile.of(node));
        } catch (IllegalArgumentException e) {
            report(path, List.of(String.valueOf(e.getMessage())));
        } catch (JsonSchemaException e) {
            report(path, List.of("input: is not a JSON Schema: " + e.getMessage()));
        }
    }

    private @Nullable JsonNode parsed(String path, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            report(path, List.of("file: is not JSON: " + e.getMessage()));
            return null;
        }
    }

    private void add(String path, ModelFile file) {
        report(path, file.problems());
        var right = "models/%s.json".formatted(file.id());
        if (!path.equals(right) && !path.equals(OWN + right)) {
            report(path, List.of("id: the file must be " + right));
        }
        if (files.put(file.id(), file) != null) {
            report(path, List.of("id: another file has it, too"));
        }
        paths.put(file.id(), path);
    }

    /** When every file was read: a successor may be in a later one. */
    private void checkSuccessors() {
        files.forEach((id, file) -> file.successor()
                .ifPresent(successor -> report(String.valueOf(paths.get(id)), successor.problems(file, files))));
    }

    private void report(String path, List<String> wrong) {
        wrong.forEach(problem -> problems.add(path + ": " + problem));
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of model files is not JSON", e);
        }
    }

    private static URL resource(ClassLoader loader, String path) {
        return Optional.ofNullable(loader.getResource(path)).orElseThrow(() -> missing(path));
    }

    private static IllegalStateException missing(String path) {
        return new IllegalStateException("the artifact has no " + path);
    }

    private static String text(URL resource) {
        try (var stream = resource.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " could not be read", e);
        }
    }
}
