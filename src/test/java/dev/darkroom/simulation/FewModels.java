package dev.darkroom.simulation;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A catalogue of models that accept any input, each for one image. */
public final class FewModels implements ModelCatalogue {

    public static final ProviderId PROVIDER = new ProviderId("vendor");
    public static final String GOOD = "vendor/good";
    public static final String BAD = "vendor/bad";

    private final Map<ModelId, Model> models = new LinkedHashMap<>();

    public FewModels() {
        add(GOOD);
        add(BAD);
    }

    private void add(String id) {
        var model = new ModelId(id);
        models.put(model, new AnyInput(model));
    }

    public void remove(String id) {
        models.remove(new ModelId(id));
    }

    @Override
    public Optional<Model> find(ModelId id) {
        return Optional.ofNullable(models.get(id));
    }

    @Override
    public Collection<ModelId> ids() {
        return models.keySet();
    }

    private record AnyInput(ModelId id) implements Model {
        @Override
        public String upstreamPath() {
            return id.value();
        }

        @Override
        public ProviderId provider() {
            return PROVIDER;
        }

        @Override
        public Validation validate(String body) {
            return new Validation.Valid(body);
        }

        @Override
        public int images(String input) {
            return 1;
        }
    }
}
