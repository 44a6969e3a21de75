package dev.darkroom.application;

import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Output;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a poll told about a prediction. */
public sealed interface PollOutcome {

    /** Not finished; also every status that we do not know. */
    record Running() implements PollOutcome {}

    /**
     * Finished with images.
     *
     * @param outputs at least one
     * @param inference how long the drawing took, zero when the provider does not say
     */
    record Succeeded(List<Output> outputs, Duration inference) implements PollOutcome {
        public Succeeded {
            outputs = List.copyOf(outputs);
        }
    }

    /** Finished without images, for good. */
    record Failed(Failure failure) implements PollOutcome {}

    /**
     * Finished, as the provider says, but without outputs that could be used: they may still come.
     *
     * @param unreadable whether there are some, which are not understood
     */
    record WithoutOutputs(boolean unreadable) implements PollOutcome {}

    /** The provider does not know the prediction: too early to see it, or deleted. */
    record NotFound() implements PollOutcome {}

    /**
     * The provider is out, or does not let us ask now: not reached, no answer in time, 429, 503, or a {@code Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it names no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements PollOutcome {}

    /**
     * This poll failed, which says nothing of other predictions: another status, an answer that cannot be read, that never
     * ends or that is about another prediction.
     *
     * @param reason what happened, for the log; it names no secret
     */
    record Unclear(String reason) implements PollOutcome {}

    /** The circuit is open: nothing was asked, and nothing will be for that long. */
    record CircuitOpen(Duration pause) implements PollOutcome {}
}
