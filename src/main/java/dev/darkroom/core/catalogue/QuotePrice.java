package dev.darkroom.core.catalogue;

import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.generation.ModelId;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** Says what a request would cost, without storing or sending anything. */
public final class QuotePrice {

    private final ModelCatalogue catalogue;
    private final InstantSource clock;

    public QuotePrice(ModelCatalogue catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** The answer to a question about a price. */
    public sealed interface Quote {

        /**
         * The request is valid.
         *
         * @param microDollars what all its images cost together; empty where no price is established
         * @param notices those that the submission would have
         */
        record Valid(OptionalLong microDollars, Notices notices) implements Quote {}

        record InvalidInput(List<Violation> violations) implements Quote {
            public InvalidInput {
                violations = List.copyOf(violations);
            }
        }

        /** {@code message} says what is wrong with the model. */
        record UnknownModel(String message) implements Quote {}
    }

    /** {@code parameters} are those of a submission to the model, JSON. The prompt may be missing. */
    public Quote quote(String model, String parameters) {
        var drawing = ModelId.parse(model).flatMap(id -> catalogue.serving(id, clock.instant()));
        if (drawing.isEmpty()) {
            return new Quote.UnknownModel(catalogue.unknown(model));
        }
        return switch (drawing.get().validateWithoutPrompt(parameters)) {
            case Validation.Invalid(var violations) -> new Quote.InvalidInput(violations);
            case Validation.Valid valid ->
                new Quote.Valid(
                        drawing.get().price(valid), Notices.of(new ModelId(model), drawing.get(), valid.warnings()));
        };
    }
}
