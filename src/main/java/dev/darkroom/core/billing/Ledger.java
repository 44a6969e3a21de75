package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Money;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The costs of the rows. Each method throws {@link StoreUnavailableException} when the store does not answer. */
public interface Ledger {

    /** All rows of a provider that were accepted on a day (UTC), without those that their owners have deleted. */
    Day acceptedOn(LocalDate day, ProviderId provider);

    /**
     * The rows of a day.
     *
     * @param entries those with a prediction
     * @param unconfirmed those without one that may have cost their price, because no answer of the provider came
     */
    record Day(List<LedgerEntry> entries, List<GenerationId> unconfirmed) {

        public Day {
            entries = List.copyOf(entries);
            unconfirmed = List.copyOf(unconfirmed);
        }
    }

    /** The entry of the row that has the prediction; empty when there is none, or none that can be read. */
    Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction);

    /** Charges a row that has ended the amount that the bill says; false when the row has changed meanwhile. */
    boolean settle(GenerationId row, Money amount);
}
