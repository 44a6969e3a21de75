package dev.darkroom.core.submission;

import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.step.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes claims to the paid call, and decides how long the call may take under a claim.
 *
 * @param names gives each claim a unique name
 */
public record Claims(Timeouts timeouts, Supplier<String> names) {

    /** Where no caller waits. A longer wait for a slow provider is better than a search of its history. */
    private static final Duration MAX_CALL = Duration.ofSeconds(20);

    /** Where a caller waits for the answer. */
    private static final Duration MAX_CALL_OF_A_REQUEST = Duration.ofSeconds(7);

    /** The time to store the outcome and to answer after the call. */
    private static final Duration AFTER_THE_CALL = Duration.ofSeconds(1);

    /** A shorter call would only end as unknown. */
    private static final Duration MIN_CALL = Duration.ofSeconds(1);

    State.Submitting next(String upstreamPath, Instant now) {
        return new State.Submitting(new Attempt(names.get(), now, upstreamPath), now.plus(timeouts.claim()));
    }

    /** When a sweep checks the row first; {@code webhook} is whether the provider sends one before that. */
    Instant firstCheckAfter(Instant now, boolean webhook) {
        return now.plus(webhook ? timeouts.firstCheckWithWebhook() : timeouts.firstCheck());
    }

    /**
     * How long the call that is about to be sent may take; empty when it must not be sent. It must not be sent when a
     * sweep may have expired the claim of a process that was frozen, or when the request has used up its time.
     *
     * @param answerBy when the request that waits for the call has to be answered; empty when none waits
     */
    Optional<Duration> timeLeft(State.Submitting claim, Optional<Instant> answerBy, Instant now) {
        var max = answerBy.isPresent() ? MAX_CALL_OF_A_REQUEST : MAX_CALL;
        var untilExpiry = Duration.between(now, claim.expiresAt());
        var untilAnswer = answerBy.map(by -> Duration.between(now, by).minus(AFTER_THE_CALL));
        var left = shorter(max, shorter(untilExpiry, untilAnswer.orElse(max)));
        return Optional.of(left).filter(time -> time.compareTo(MIN_CALL) >= 0);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
