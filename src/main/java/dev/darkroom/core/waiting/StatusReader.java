package dev.darkroom.core.waiting;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Optional;

/** Reads as much of a row as a waiting caller needs, so that a wait costs little CPU time. */
@FunctionalInterface
public interface StatusReader {

    /**
     * The row's status, as the last finished write left it; empty without a row. Throws {@link
     * StoreUnavailableException} when the store could not be reached or did not answer.
     */
    Optional<Reading> read(GenerationId id);

    /**
     * A row's status.
     *
     * @param readUnits what the read cost: the table charges by the size of the whole row, 1 for each 4 KB that it
     *     begins
     */
    record Reading(Status status, int readUnits) {}
}
