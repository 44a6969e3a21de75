package dev.darkroom.core.joining;

import java.time.Instant;

/** How far a call is. */
public sealed interface CallState {

    /**
     * A request waits for the generation.
     *
     * @param begunAt when the first request of the call came
     * @param holder the unique name of the request that got the generation last
     * @param until when that request has been answered for certain, or its process has died
     * @param owed whether an earlier request of the call was answered "ask again"
     */
    record Held(Instant begunAt, String holder, Instant until, boolean owed) implements CallState {}

    /**
     * The last answer was "ask again", at {@code since}, and the next request of the call has not come yet.
     *
     * @param begunAt when the first request of the call came
     */
    record Owed(Instant begunAt, String lastHolder, Instant since) implements CallState {}

    /** A request was answered the result, or that there is none. Not only the holder may be the one. */
    record Answered(String lastHolder, Instant at) implements CallState {}
}
