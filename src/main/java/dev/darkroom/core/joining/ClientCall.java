package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a client wants done once: a request and its retries, which all get one generation.
 *
 * @param generation the generation's row may be missing, when the process that began the call has died
 * @param requests how many requests got the generation, 1 or more. It may be too high after a lost answer of the store
 */
public record ClientCall(GenerationId generation, int requests, CallState state) {

    /** For how long a request may join a call after its last request was answered "ask again", or died. */
    public static final Duration OPEN_FOR = Duration.ofHours(1);

    /** For how long a retry may join a call that was answered. */
    public static final Duration ANSWERED_FOR = Duration.ofMinutes(5);

    static final Comparator<ClientCall> OLDEST_FIRST = Comparator.comparing(ClientCall::since)
            .thenComparing(call -> call.generation().value());

    /** A new call, which the request that begins it holds. */
    static ClientCall begin(GenerationId generation, String holder, Instant now, Instant until) {
        return new ClientCall(generation, 1, new CallState.Held(now, holder, until, false));
    }

    /** When the call began, or was answered. */
    Instant since() {
        return switch (state) {
            case CallState.Held(var begunAt, var _, var _, var _) -> begunAt;
            case CallState.Owed(var begunAt, var _, var _) -> begunAt;
            case CallState.Answered(var _, var at) -> at;
        };
    }

    /** Whether the last answer was "ask again" and no request waits for the generation. */
    boolean isOwed(Instant now) {
        return switch (state) {
            case CallState.Held(var _, var _, var until, var owed) ->
                owed && !now.isBefore(until) && isOpen(until, now);
            case CallState.Owed(var _, var _, var since) -> isOpen(since, now);
            case CallState.Answered _ -> false;
        };
    }

    /** Whether a request waits for the generation, or its process has died before it could answer. */
    boolean isInProgress(Instant now) {
        return state instanceof CallState.Held(var _, var _, var until, var _) && isOpen(until, now) && !isOwed(now);
    }

    /** Whether the call was answered a moment ago, so that the answer may not have reached the client. */
    boolean isJustAnswered(Instant now) {
        return state instanceof CallState.Answered(var _, var at) && now.isBefore(at.plus(ANSWERED_FOR));
    }

    private static boolean isOpen(Instant last, Instant now) {
        return now.isBefore(last.plus(OPEN_FOR));
    }

    /** The name of the request that held the call last. */
    public String holder() {
        return switch (state) {
            case CallState.Held(var _, var holder, var _, var _) -> holder;
            case CallState.Owed(var _, var lastHolder, var _) -> lastHolder;
            case CallState.Answered(var lastHolder, var _) -> lastHolder;
        };
    }

    /** The owed call, once this request has taken it. */
    ClientCall takenBy(String holder, Instant until) {
        return new ClientCall(generation, requests + 1, new CallState.Held(since(), holder, until, true));
    }

    /** The call, once its holder was answered "ask again". */
    ClientCall owedBy(String holder, Instant now) {
        return new ClientCall(generation, requests, new CallState.Owed(since(), holder, now));
    }
}
