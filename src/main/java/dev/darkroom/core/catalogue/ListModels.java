package dev.darkroom.core.catalogue;

import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.generation.ModelId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lists the models that can be requested. */
public final class ListModels {

    private static final String NO_PARAMETERS = "{}";

    private final ModelCatalogue catalogue;
    private final InstantSource clock;

    public ListModels(ModelCatalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /**
     * A model as it is requested.
     *
     * @param drawnBy the model that draws it now, mostly itself
     * @param basePrice what a request with no parameter but the prompt costs, in micro-dollars; empty where no price is
     *     established
     * @param formula the price as an expression of the parameters; empty where none is established, and where another
     *     model draws
     * @param retiredOn the day from which it is not drawn any more (UTC); empty when none is known
     */
    public record Listed(
            ModelId id,
            ModelDescription description,
            ModelId drawnBy,
            OptionalLong basePrice,
            Optional<String> formula,
            Optional<LocalDate> retiredOn) {}

    /** All of them, by id, aliases included. */
    public List<Listed> list() {
        var now = clock.instant();
        return catalogue.ids().stream()
                .sorted(Comparator.comparing(ModelId::value))
                .flatMap(id -> catalogue.serving(id, now).map(model -> listed(id, model)).stream())
                .toList();
    }

    private static Listed listed(ModelId id, Model model) {
        var price = model.validateWithoutPrompt(NO_PARAMETERS) instanceof Validation.Valid valid
                ? model.price(valid)
                : OptionalLong.empty();
        return new Listed(id, model.description(), model.id(), price, model.priceFormula(), model.retiredOn());
    }
}
