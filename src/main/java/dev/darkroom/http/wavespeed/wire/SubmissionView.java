package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.darkroom.core.generation.State;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The paid call that has no answer. The gateway searches the provider's history for it and does not send it again.
 *
 * @param confirmed always false
 * @param since ISO-8601, when it was sent
 * @param searchedUntil ISO-8601, when the search ends and the generation fails
 */
@RegisterForReflection
record SubmissionView(
        boolean confirmed,
        String since,
        @JsonProperty("searched_until") String searchedUntil) {

    static SubmissionView of(State.Unconfirmed state, Instant end) {
        return new SubmissionView(
                false, GenerationView.ISO.format(state.attempt().sentAt()), GenerationView.ISO.format(end));
    }
}
