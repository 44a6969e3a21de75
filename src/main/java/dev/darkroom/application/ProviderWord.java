package dev.darkroom.application;

import dev.darkroom.domain.PredictionId;
import java.util.function.Predicate;

/** What came in the provider's name at our {@link CallbackAddress}. */
public sealed interface ProviderWord {

    /**
     * The provider says how a prediction stands.
     *
     * @param madeFrom whether the prediction was made from this input, JSON
     */
    record Genuine(PredictionId prediction, PollOutcome outcome, Predicate<String> madeFrom) implements ProviderWord {}

    /**
     * It is not from the provider, too old, or cannot be read.
     *
     * @param field what is wrong
     * @param reason how it is wrong, for the caller to read
     */
    record Refused(String field, String reason) implements ProviderWord {}

    /** Nobody is expected to call here. */
    record Unexpected() implements ProviderWord {}
}
