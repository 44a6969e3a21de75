package dev.darkroom.core.provider;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The provider's answer about a prediction, in a poll or in a webhook. */
public sealed interface PollOutcome {

    /** Not finished; every unknown status counts as this. */
    record Running() implements PollOutcome {}

    /**
     * Finished with images.
     *
     * @param outputs at least one
     * @param inference how long the generation took, zero when the provider does not say
     */
    record Succeeded(List<Output> outputs, Duration inference) implements PollOutcome {
        public Succeeded {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Finished with images, some of which are inside the answer, as {@code data:} URIs.
     *
     * @param outputs at least one
     * @param inference how long the generation took, zero when the provider does not say
     * @param tooLarge how the generation fails if its images are not kept; null when the outputs fit into a row
     */
    record Inline(
            List<Output> outputs,
            Duration inference,
            @Nullable Failure tooLarge) implements PollOutcome {
        public Inline {
            outputs = List.copyOf(outputs);
        }
    }

    /** Finished without images, for good. */
    record Failed(Failure failure) implements PollOutcome {}

    /**
     * Finished according to the provider, but without usable outputs, which may still follow.
     *
     * @param unreadable whether there are outputs that this gateway cannot read
     */
    record WithoutOutputs(boolean unreadable) implements PollOutcome {}

    /** The provider does not know the prediction: it is too early, or the prediction was deleted. */
    record NotFound() implements PollOutcome {}

    /**
     * The provider is down or refuses calls for now: not reached, no answer in time, 429, 503, or a {@code
     * Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it contains no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements PollOutcome {}

    /**
     * This poll failed, which says nothing about other predictions: another status, or an answer that cannot be read,
     * never ends or is about another prediction.
     *
     * @param reason what happened, for the log; it contains no secret
     */
    record Unclear(String reason) implements PollOutcome {}

    /** The circuit is open: no call was made, and none will be for {@code pause}. */
    record CircuitOpen(Duration pause) implements PollOutcome {}
}
