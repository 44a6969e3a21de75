package dev.darkroom.core.provider;

import java.time.Duration;

/** What the gateway's accounts hold, as far as it is known. */
public sealed interface Balance {

    /** {@code microDollars} is the sum of all accounts; it may be negative. */
    record Known(long microDollars) implements Balance {}

    /** No provider has an account with a balance. */
    record None() implements Balance {}

    /**
     * A provider could not be asked.
     *
     * @param retryAfter until then it is not asked again, positive
     * @param reason what happened, for the log; it contains no secret
     */
    record Unavailable(Duration retryAfter, String reason) implements Balance {}

    /**
     * A provider's answer could not be used.
     *
     * @param retryAfter until then it is not asked again, positive
     * @param reason what happened, for the log; it contains no secret
     */
    record Unreadable(Duration retryAfter, String reason) implements Balance {}
}
