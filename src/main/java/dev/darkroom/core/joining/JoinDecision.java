package dev.darkroom.core.joining;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Which call a request belongs to. A retry that is marked as one joins the oldest owed call, else one in progress, else
 * one that was just answered. Any other request joins the oldest owed call or begins one.
 */
public sealed interface JoinDecision {

    /** The request becomes the holder of this owed call; no other request takes it meanwhile. */
    record Take(ClientCall call) implements JoinDecision {}

    /**
     * The request gets the generation of this call, beside another request.
     *
     * @param isOnly whether there is no other call to join, so that it does not matter how many requests join this one
     */
    record Join(ClientCall call, boolean isOnly) implements JoinDecision {}

    /** The request begins a new call. */
    record Begin() implements JoinDecision {}

    /**
     * Decides for one request.
     *
     * @param retries how many requests of the call its client says that it has sent before, 0 if it says nothing
     * @param spread which of equally good calls it gets: 0 for the oldest. Requests that lost a call to others choose
     *     different ones, so that they do not lose again
     */
    static JoinDecision of(CallRecord record, int retries, int spread, Instant now) {
        var owed = record.owed(now);
        if (!owed.isEmpty()) {
            return new Take(owed.get(spread % owed.size()));
        }
        if (retries > 0) {
            var inProgress = record.inProgress(now);
            if (!inProgress.isEmpty()) {
                return join(inProgress, retries, spread);
            }
            var answered = record.justAnswered(now);
            if (!answered.isEmpty()) {
                return join(answered, retries, spread);
            }
        }
        return new Begin();
    }

    /**
     * The client has sent as many requests as its call has, if all of them arrived. So the best call is the one with
     * the most similar number, and of two calls that lost their connections at once, each gets its own retry.
     */
    private static JoinDecision join(List<ClientCall> calls, int retries, int spread) {
        Comparator<ClientCall> best = Comparator.comparingInt(call -> Math.abs(call.requests() - retries));
        var nearest = calls.stream().min(best).orElseThrow();
        var equal =
                calls.stream().filter(call -> best.compare(call, nearest) == 0).toList();
        return new Join(equal.get(spread % equal.size()), calls.size() == 1);
    }
}
