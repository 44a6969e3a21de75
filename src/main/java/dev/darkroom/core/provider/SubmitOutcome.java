package dev.darkroom.core.provider;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.PredictionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known after the paid call: whether it created something, and whether it is safe to send again. */
public sealed interface SubmitOutcome {

    /** The provider has accepted the call and created this prediction. */
    record Created(PredictionId predictionId) implements SubmitOutcome {}

    /** Certainly nothing created, and sending it again would not help: bad input, no credit, no permission. */
    record Rejected(Failure failure) implements SubmitOutcome {}

    /**
     * Certainly nothing created, and safe to send again: too many requests, or no connection.
     *
     * @param retryAfter how long the provider asked to wait, null when it did not say
     * @param reason what happened, for the log
     */
    record NotCreated(@Nullable Duration retryAfter, String reason) implements SubmitOutcome {}

    /**
     * Perhaps created, so never sent again: no answer, a server error, or an answer without an id.
     *
     * @param reason what happened, for the log
     */
    record Unknown(String reason) implements SubmitOutcome {}
}
