package dev.darkroom.application;

import dev.darkroom.domain.Violation;
import java.util.List;

/** An entry of the catalogue. */
public interface Model {

    /** The provider's path of it, for example {@code wavespeed-ai/imagen4}. */
    String upstreamPath();

    /** Checks a request body against the model's schema and reports everything that is wrong with it at once. */
    Validation validate(String body);

    /** How many images a valid input asks for, 1 or more. */
    int images(String input);

    /** What became of {@link #validate}. */
    sealed interface Validation {

        /** {@code input} is what {@link dev.darkroom.domain.GenerationRequest} wants. */
        record Valid(String input) implements Validation {}

        /** {@code violations} is not empty. */
        record Invalid(List<Violation> violations) implements Validation {
            public Invalid {
                violations = List.copyOf(violations);
            }
        }
    }
}
