package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.util.Set;

/**
 * Stores the calls, a record for each key. Each method throws {@link StoreUnavailableException} when the store could
 * not be reached or did not answer; such a write may or may not have happened. A call is stored for at least
 * {@link ClientCall#OPEN_FOR} after the last write to its record.
 */
public interface CallStore {

    /** What a write found. {@code record} is as it is now, after the write if it was made. */
    record Change(boolean isMade, CallRecord record) {

        /** The same of a write that leaves this call: a write that was made before has left it already. */
        public Change orMadeBefore(ClientCall after) {
            return new Change(
                    isMade
                            || record.find(after.generation())
                                    .filter(after::equals)
                                    .isPresent(),
                    record);
        }
    }

    /** The calls of the key, as the last finished write left them. */
    CallRecord find(CallKey key);

    /** Adds a new call. */
    Change add(CallKey key, ClientCall call);

    /** Adds a new call unless a call of the key was answered "ask again" and not answered since. */
    Change addUnlessOwed(CallKey key, ClientCall call);

    /**
     * Replaces a call that has still the same holder and as many requests, and was not answered. Also made when the same
     * write was made already.
     *
     * @param before held or owed
     * @param after what no other request writes
     */
    Change replace(CallKey key, ClientCall before, ClientCall after);

    /** Counts a request more for a call that has still as many requests, in whatever state it is. */
    Change join(CallKey key, ClientCall call);

    /** Counts a request more for a call that exists. */
    Change joinAnyway(CallKey key, GenerationId call);

    /** Notes that a call was answered, if it exists, and removes the calls that are forgotten. */
    void answer(CallKey key, GenerationId call, Instant at, Set<GenerationId> forgotten);

    /** Removes a call. */
    void remove(CallKey key, GenerationId call);
}
