package dev.darkroom.core.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the gateway's account at a provider holds. */
public sealed interface BalanceOutcome {

    /** {@code microDollars} may be negative. */
    record Known(long microDollars) implements BalanceOutcome {}

    /** The provider has no account with a balance. */
    record NoBalance() implements BalanceOutcome {}

    /**
     * The provider is down or refuses calls for now: not reached, no answer in time, 429, 503, or a {@code
     * Retry-After}.
     *
     * @param retryAfter how long it asked to wait, null when it did not say
     * @param reason what happened, for the log; it contains no secret
     */
    record Unavailable(@Nullable Duration retryAfter, String reason) implements BalanceOutcome {}

    /**
     * Another status, or an answer that cannot be read.
     *
     * @param reason what happened, for the log; it contains no secret
     */
    record Unclear(String reason) implements BalanceOutcome {}
}
