package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a client wants done once: a request and its retries, which all get one generation.
 *
 * @param generation the generation's row may be missing, when the process that began the call has died
 * @param begunAt when the first of its requests came
 * @param requests how many requests got the generation, 1 or more. It may be one too many after a lost answer of the
 *     store
 */
public record ClientCall(GenerationId generation, Instant begunAt, int requests, CallState state) {

    /** For how long a request may join a call after its last request was answered "ask again", or died. */
    public static final Duration OPEN_FOR = Duration.ofHours(1);

    /** For how long a retry may join a call that was answered. */
    public static final Duration ANSWERED_FOR = Duration.ofMinutes(5);

    static final Comparator<ClientCall> OLDEST_FIRST = Comparator.comparing(ClientCall::begunAt)
            .thenComparing(call -> call.generation().value());

    /** A new call, which the request that begins it holds. */
    static ClientCall begin(GenerationId generation, String holder, Instant now, Instant until) {
        return new ClientCall(generation, now, 1, new CallState.Held(holder, until, false));
    }

    /** Whether the last answer was "ask again" and no request waits for the generation. */
    public boolean isOwed(Instant now) {
        return switch (state) {
            case CallState.Held(var _, var until, var owed) -> owed && !now.isBefore(until) && isOpen(until, now);
            case CallState.Owed(var _, var since) -> isOpen(since, now);
            case CallState.Answered _ -> false;
        };
    }

    /** Whether a request waits for the generation, or its process has died before it could answer. */
    public boolean isInProgress(Instant now) {
        return state instanceof CallState.Held(var _, var until, var _) && isOpen(until, now) && !isOwed(now);
    }

    /** Whether the call was answered a moment ago, so that the answer may not have reached the client. */
    public boolean isJustAnswered(Instant now) {
        return state instanceof CallState.Answered(var at) && now.isBefore(at.plus(ANSWERED_FOR));
    }

    private static boolean isOpen(Instant last, Instant now) {
        return now.isBefore(last.plus(OPEN_FOR));
    }

    /** The call, once this request has taken it. */
    ClientCall takenBy(String holder, Instant until) {
        return new ClientCall(generation, begunAt, requests + 1, new CallState.Held(holder, until, true));
    }

    /** The call, once its holder was answered "ask again". */
    ClientCall owedBy(String holder, Instant now) {
        return new ClientCall(generation, begunAt, requests, new CallState.Owed(holder, now));
    }

    boolean isHeldBy(String holder) {
        return state instanceof CallState.Held(var current, var _, var _) && current.equals(holder);
    }
}
