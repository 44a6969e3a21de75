package dev.darkroom.simulation;

import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Money;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A catalogue of models that accept any input, for one image; one of them sends each input twice. */
public final class FewModels implements ModelCatalogue {

    public static final ProviderId PROVIDER = new ProviderId("vendor");
    public static final String GOOD = "vendor/good";
    public static final String BAD = "vendor/bad";
    public static final String PAIR = "vendor/pair";

    /** What each call costs. */
    public static final Money PRICE = new Money(40_000);

    private final Map<ModelId, Model> models = new LinkedHashMap<>();

    public FewModels() {
        add(GOOD, 1);
        add(BAD, 1);
        add(PAIR, 2);
    }

    private void add(String id, int copies) {
        var model = new ModelId(id);
        models.put(model, new AnyInput(model, copies));
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

    private record AnyInput(ModelId id, int copies) implements Model {
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
            return new Validation.Valid(body, copies, List.of());
        }

        @Override
        public OptionalLong price(String input) {
            return OptionalLong.of(PRICE.microDollars());
        }

        @Override
        public int images(String input) {
            return 1;
        }
    }
}
