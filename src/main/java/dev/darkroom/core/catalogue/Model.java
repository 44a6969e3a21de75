package dev.darkroom.core.catalogue;

import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An entry of the catalogue. */
public interface Model {

    ModelId id();

    /** The provider that generates its images. */
    ProviderId provider();

    /** The provider's path of the model, for example {@code acme/imagen4}. */
    String upstreamPath();

    /** What a caller reads about the requested model. */
    default ModelDescription description() {
        return new ModelDescription(id().value(), "", "{}");
    }

    /** Checks a request body against the model's schema and reports all errors at once. */
    Validation validate(String body);

    /** The same for a body that may lack the prompt: what a request costs does not depend on its prompt. */
    default Validation validateWithoutPrompt(String body) {
        return validate(body);
    }

    /** How many images a valid input asks for, 1 or more. */
    int images(String input);

    /** How many images one call can make, 1 or more. */
    default int maxImages() {
        return 1;
    }

    /**
     * What a valid input costs, in micro-dollars. Empty where no price is established, which is not a price of nothing:
     * wherever a price is needed, such an input is refused.
     */
    default OptionalLong price(String input) {
        return OptionalLong.empty();
    }

    /**
     * The price in US dollars, as an expression in JSONata over the parameters of a request; empty where none is
     * established, or where another model draws, whose price depends on other parameters.
     */
    default Optional<String> priceFormula() {
        return Optional.empty();
    }

    /** What a request costs that is sent as often as it says, in micro-dollars; empty where that is not established. */
    default OptionalLong price(Validation.Valid valid) {
        var each = price(valid.input());
        try {
            return each.isEmpty() ? each : OptionalLong.of(Math.multiplyExact(each.getAsLong(), valid.copies()));
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    /** The day from which the requested model is not drawn any more (UTC); empty when none is known. */
    default Optional<LocalDate> retiredOn() {
        return Optional.empty();
    }

    /**
     * The parameters that ask for an image of this size in pixels, with strings and integers as values; empty when the
     * model has no parameters for it. A model that takes aspect ratios makes the nearest shape that it has, if it
     * differs by at most 3 %, in a size of its own.
     */
    default Optional<Map<String, Object>> sized(int width, int height) {
        return Optional.empty();
    }

    /** The sizes that {@link #sized} knows, for people, such as {@code 1024x1024}; none when there are none. */
    default List<String> sizes() {
        return List.of();
    }

    /** The result of {@link #validate}. */
    sealed interface Validation {

        /** {@code input} and {@code copies} are those of a {@link dev.darkroom.core.generation.GenerationRequest}. */
        record Valid(String input, int copies, List<Warning> warnings) implements Validation {
            public Valid {
                warnings = List.copyOf(warnings);
            }

            /** An input that is sent once. */
            public Valid(String input, List<Warning> warnings) {
                this(input, 1, warnings);
            }

            public Valid(String input) {
                this(input, List.of());
            }
        }

        /** {@code violations} is not empty. */
        record Invalid(List<Violation> violations) implements Validation {
            public Invalid {
                violations = List.copyOf(violations);
            }
        }
    }
}
