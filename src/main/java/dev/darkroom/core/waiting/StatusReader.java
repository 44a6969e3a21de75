package dev.darkroom.core.waiting;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Optional;

/** Reads as much of a row as a waiting caller needs, so that a wait costs little CPU time. */
@FunctionalInterface
public interface StatusReader {

    /**
     * Reads the row's status, as the last finished write left it. Throws {@link StoreUnavailableException} when the
     * store could not be reached or did not answer, and {@link UnreadableRowException} for a status that it does not
     * know.
     */
    Reading read(GenerationId id);

    /**
     * What was read.
     *
     * @param status empty without a row
     * @param readUnits what the read cost, 1 or more: the table charges for the whole row, 1 for each 4 KB that it
     *     begins
     */
    record Reading(Optional<Status> status, int readUnits) {

        /** Whether there is nothing to wait for. A row that is gone does not come back. */
        boolean hasEnded() {
            return status.isEmpty() || status.get().isTerminal();
        }
    }
}
