package dev.darkroom.core.catalogue;

import dev.darkroom.core.generation.ProviderId;
import java.util.List;

/** An entry of the catalogue. */
public interface Model {

    /** The provider that generates its images. */
    ProviderId provider();

    /** The provider's path of the model, for example {@code acme/imagen4}. */
    String upstreamPath();

    /** Checks a request body against the model's schema and reports all errors at once. */
    Validation validate(String body);

    /** How many images a valid input asks for, 1 or more. */
    int images(String input);

    /** The result of {@link #validate}. */
    sealed interface Validation {

        /** {@code input} is the input of a {@link dev.darkroom.core.generation.GenerationRequest}. */
        record Valid(String input) implements Validation {}

        /** {@code violations} is not empty. */
        record Invalid(List<Violation> violations) implements Validation {
            public Invalid {
                violations = List.copyOf(violations);
            }
        }
    }
}
