package dev.darkroom.core.submission;

import dev.darkroom.core.budget.SpendLimits.Exceeded;
import dev.darkroom.core.generation.Generation;
import java.time.Duration;

/** The result of entering a {@link SubmissionDraft}. */
sealed interface Entered {

    /** The request is stored; its call was sent, or it waits in the queue. */
    record Stored(Generation row) implements Entered {}

    /** A row with its id was stored before, and nothing was sent. */
    record Exists(Generation row) implements Entered {}

    /** Nothing is stored: the price does not fit into a limit. */
    record OverBudget(Exceeded refusal) implements Entered {}

    /** Nothing is stored: a limit applies, and no price is established. */
    record Unpriced() implements Entered {}

    /** The owner has as many requests waiting as the limits allow; {@code retryAfter} is an estimate. */
    record QueueFull(Duration retryAfter) implements Entered {}
}
