package dev.darkroom.core.joining;

import dev.darkroom.core.joining.CallStore.Change;
import dev.darkroom.core.store.RepeatedWrite;
import dev.darkroom.core.submission.NewIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Finds or begins the call that a request belongs to. */
final class CallOpener {

    /** Requests that lose a call to others choose among two, then four, and at most so many doublings. */
    private static final int MAX_DOUBLINGS = 8;

    /** So many digits of an id distinguish the requests that compete for a call. */
    private static final int NAME_LENGTH = 8;

    private final CallStore calls;
    private final InstantSource clock;
    private final NewIds newIds;

    CallOpener(CallStore calls, InstantSource clock, NewIds newIds) {
        this.calls = calls;
        this.clock = clock;
        this.newIds = newIds;
    }

    /** Empty when too many calls of the key are open. */
    Optional<OpenCall> open(CallKey key, ClientRequest client) {
        var now = clock.instant();
        var id = newIds.next();
        var holder = id.value().substring(id.value().length() - NAME_LENGTH);
        var request = new Request(key, client, holder, ClientCall.begin(id, holder, now, client.holdUntil()));
        if (client.retries() > 0) {
            return decide(request, calls.find(key));
        }
        // Most requests are no retries and find nothing owed, so this is their only call of the store.
        var added = calls.addUnlessOwed(key, request.begun());
        return added.isMade() ? begin(request, added.record(), now) : decide(request, added.record());
    }

    /** @param begun the call that the request begins if it joins none */
    private record Request(CallKey key, ClientRequest client, String holder, ClientCall begun) {

        OpenCall open(ClientCall call, boolean isHeld, CallRecord record) {
            return new OpenCall(key, holder, isHeld, call, record);
        }

        int spread(int losses) {
            return Math.floorMod(begun.generation().hashCode(), 1 << Math.min(losses, MAX_DOUBLINGS));
        }
    }

    private Optional<OpenCall> decide(Request request, CallRecord found) {
        var record = found;
        for (int losses = 0; true; losses++) {
            var now = clock.instant();
            switch (JoinDecision.of(record, request.client().retries(), request.spread(losses), now)) {
                case JoinDecision.Begin() -> {
                    return begin(
                            request, calls.add(request.key(), request.begun()).record(), now);
                }
                case JoinDecision.Take(var owed) -> {
                    var taken = owed.takenBy(request.holder(), request.client().holdUntil());
                    var change = RepeatedWrite.retryOnce(() -> calls.replace(request.key(), owed, taken));
                    if (change.isMade()) {
                        return Optional.of(request.open(taken, true, change.record()));
                    }
                    record = change.record();
                }
                case JoinDecision.Join(var call, var isOnly) -> {
                    var change = join(request.key(), call, isOnly);
                    if (change.isMade()) {
                        return Optional.of(request.open(call, false, change.record()));
                    }
                    record = change.record();
                }
            }
        }
    }

    private Change join(CallKey key, ClientCall call, boolean isOnly) {
        return isOnly ? calls.joinAnyway(key, call.generation()) : calls.join(key, call);
    }

    private Optional<OpenCall> begin(Request request, CallRecord record, Instant now) {
        if (record.isOverfull(now)) {
            calls.remove(request.key(), request.begun().generation());
            return Optional.empty();
        }
        return Optional.of(request.open(request.begun(), true, record));
    }
}
