package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The costs of the rows. Each method throws {@link StoreUnavailableException} when the store does not answer. */
public interface Ledger {

    /**
     * All rows of a provider that were accepted on a day (UTC) and have a price, of the owners who are known. Rows are
     * missing that their owners have deleted and that are settled.
     */
    Day acceptedOn(LocalDate day, ProviderId provider);

    /**
     * The rows of a day.
     *
     * @param entries those with a prediction
     * @param unconfirmed those without one that may have cost their price, because no answer of the provider came
     */
    record Day(List<LedgerEntry> entries, List<Unconfirmed> unconfirmed) {

        public Day {
            entries = List.copyOf(entries);
            unconfirmed = List.copyOf(unconfirmed);
        }
    }

    /** A row without a prediction, and its cost. */
    record Unconfirmed(GenerationId row, Cost cost) {}

    /**
     * The entry of the row that has claimed the prediction, and has it or has ended without one. A row that is gone has
     * an entry without a cost. Empty when there is no such row, or none that can be read.
     */
    Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction);

    /**
     * Charges a row that has ended the amount that the bill says. False when the row costs something else by now than
     * {@code expected}, for which the amount was found.
     */
    boolean settle(GenerationId row, Cost expected, Money amount);
}
