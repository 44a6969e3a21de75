package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Duration;

/** What became of a {@link SubmissionDraft}. */
sealed interface Entered {

    /** It is stored; its call was sent, or it waits in the queue. */
    record Stored(Generation row) implements Entered {}

    /** A row with its id was stored before, and nothing was sent. */
    record Exists(Generation row) implements Entered {}

    /** Its owner has as many waiting as the limits allow; {@code retryAfter} is an estimate. */
    record QueueFull(Duration retryAfter) implements Entered {}
}
