package dev.darkroom.jsonschema;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ModelId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The models under {@code /models}: one JSON file each, listed in {@code index.txt}, which the build writes. */
public final class JsonSchemaCatalogue implements ModelCatalogue {

    /**
     * Static, so that a native image holds the checked models and parses nothing at start: a wrong file fails the build
     * of the image.
     */
    private static final Map<ModelId, ModelFile> FILES = ModelFiles.of(JsonSchemaCatalogue.class.getClassLoader());

    private final Map<ModelId, ModelFile> files;
    private final ModelAliases aliases;
    private final UnknownParameters unknown;

    /** Without aliases. Refuses parameters that a model does not have. */
    public JsonSchemaCatalogue() {
        this("", UnknownParameters.REFUSE);
    }

    /** {@code aliases} are {@code path=model,path=model}; {@link #problems} says which are valid. */
    public JsonSchemaCatalogue(String aliases, UnknownParameters unknown) {
        this(FILES, ModelAliases.parse(aliases), unknown);
    }

    JsonSchemaCatalogue(Map<ModelId, ModelFile> files, ModelAliases aliases, UnknownParameters unknown) {
        var problems = aliases.problems(files);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        this.files = files;
        this.aliases = aliases;
        this.unknown = unknown;
    }

    /** The models of every index that this class loader finds, without aliases. */
    public static JsonSchemaCatalogue of(ClassLoader loader) {
        return new JsonSchemaCatalogue(ModelFiles.of(loader), ModelAliases.NONE, UnknownParameters.REFUSE);
    }

    /**
     * The models of these files, without aliases. If anything is wrong, an {@link IllegalStateException} names every
     * file and field.
     *
     * @param texts by the paths that an index lists
     */
    public static JsonSchemaCatalogue of(Map<String, String> texts) {
        return new JsonSchemaCatalogue(ModelFiles.of(texts), ModelAliases.NONE, UnknownParameters.REFUSE);
    }

    /** What is wrong with the aliases, a sentence each. */
    public static List<String> problems(String aliases) {
        try {
            return ModelAliases.parse(aliases).problems(FILES);
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<Model> find(ModelId id) {
        return model(id, id).map(model -> model);
    }

    private Optional<JsonSchemaModel> model(ModelId id, ModelId asked) {
        return Optional.ofNullable(files.get(id)).map(file -> new JsonSchemaModel(file, asked, unknown));
    }

    @Override
    public Optional<Model> serving(ModelId id, Instant now) {
        return serving(id, id, now);
    }

    /** {@code asked} is another name of {@code id}, or the same. */
    private Optional<Model> serving(ModelId id, ModelId asked, Instant now) {
        var own = model(id, asked);
        var other = aliases.drawing(id, files.keySet())
                .or(() -> own.map(JsonSchemaModel::file)
                        .filter(file -> file.isRetired(now))
                        .flatMap(ModelFile::successor)
                        .map(Successor::model));
        if (other.isEmpty()) {
            return own.map(model -> model);
        }
        return own.isEmpty()
                ? serving(other.get(), asked, now)
                : serving(other.get(), other.get(), now)
                        .map(drawing ->
                                new TranslatedModel(own.get(), map(own.get().file(), other.get()), drawing));
    }

    /** Empty for an alias to a model that takes the same parameters. */
    private static Map<String, FieldRule> map(ModelFile from, ModelId to) {
        return from.successor()
                .filter(successor -> successor.model().equals(to))
                .map(Successor::map)
                .orElse(Map.of());
    }

    @Override
    public Collection<ModelId> ids() {
        return Stream.concat(files.keySet().stream(), aliases.targets().keySet().stream())
                .distinct()
                .toList();
    }
}
