package dev.darkroom.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The model files of a project: those that come with it, and the owner's own, which may replace them. */
final class CatalogueFiles {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BUILT_IN = "src/main/resources/models";
    private static final String OWN = "models";
    private static final String SCHEMA = "src/main/resources/schemas/model.schema.json";

    private final Path project;

    CatalogueFiles(Path project) {
        this.project = project;
    }

    /** The content of each model's file, by id. */
    Map<String, ObjectNode> contents() {
        var contents = new LinkedHashMap<String, ObjectNode>();
        texts().forEach((name, text) -> {
            var content = content(name, text);
            contents.put(content.path("id").asText(), content);
        });
        return contents;
    }

    /** The catalogue of the files as they are; throws an {@link OperatorException} when a file is wrong. */
    JsonSchemaCatalogue catalogue() {
        return catalogue(texts());
    }

    private static JsonSchemaCatalogue catalogue(Map<String, String> texts) {
        try {
            return JsonSchemaCatalogue.of(texts);
        } catch (IllegalStateException e) {
            throw new OperatorException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes a model's file, unless the catalogue would then be wrong: its own file, else the one that came with the
     * project, else a new one of the owner's. Returns its path in the project; empty when the file is right as it is.
     */
    Optional<Path> write(ModelId id, ObjectNode content) {
        var file = file(id);
        content.put("$schema", separated(directory(file).relativize(project.resolve(SCHEMA))));
        var text = JsonText.of(content);
        var texts = texts();
        if (text.equals(texts.put(nameOf(file), text))) {
            return Optional.empty();
        }
        catalogue(texts);
        try {
            Files.createDirectories(directory(file));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(project.relativize(file));
    }

    private Path file(ModelId id) {
        var own = project.resolve(OWN).resolve(id + ".json");
        var builtIn = project.resolve(BUILT_IN).resolve(id + ".json");
        return !Files.exists(own) && Files.exists(builtIn) ? builtIn : own;
    }

    private static Path directory(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** By the names that the index of the artifact has. */
    private Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        for (var folder : new String[] {BUILT_IN, OWN}) {
            read(project.resolve(folder), texts);
        }
        return texts;
    }

    private void read(Path folder, Map<String, String> texts) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                texts.put(nameOf(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String nameOf(Path file) {
        var own = project.resolve(OWN);
        return separated(
                file.startsWith(own)
                        ? Path.of("own", "models").resolve(own.relativize(file))
                        : Path.of("models").resolve(project.resolve(BUILT_IN).relativize(file)));
    }

    private static String separated(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static ObjectNode content(String name, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode content) {
                return content;
            }
            throw new OperatorException("%s is not a JSON object".formatted(name));
        } catch (JsonProcessingException e) {
            throw new OperatorException("%s is not JSON: %s".formatted(name, e.getOriginalMessage()));
        }
    }
}
