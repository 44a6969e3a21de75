package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a request may be submitted now. */
public sealed interface Admission {

    /** What is left of the budget; empty when nothing changes. */
    default Optional<Budget> left() {
        return switch (this) {
            case Now(var after) -> Optional.of(after);
            case Queued(var after, var _) -> Optional.of(after);
            case QueueFull _, NotBefore _ -> Optional.empty();
        };
    }

    /** Now; its share of the budget is spent. */
    record Now(Budget after) implements Admission {}

    /** Not yet: it waits for its turn. */
    record Queued(Budget after, long turn) implements Admission {}

    /** Its owner has as many waiting as he may; {@code retryAfter} is a guess at when there is room again. */
    record QueueFull(Duration retryAfter) implements Admission {}

    /** It is its turn, but the budget is used up until then. */
    record NotBefore(Instant at) implements Admission {}
}
