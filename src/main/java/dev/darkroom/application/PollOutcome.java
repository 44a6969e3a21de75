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

    /** The provider does not know the prediction: too early to see it, or deleted. */
    record Missing() implements PollOutcome {}

    /**
     * The provider could not say: it was not reached, had a fault of its own, or does not let us ask now.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements PollOutcome {}

    /** It was out a moment ago, so nobody asks it for that long. */
    record NotAsked(Duration pause) implements PollOutcome {}
}
