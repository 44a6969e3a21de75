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

    /**
     * The entries of all rows of a provider that were accepted on a day (UTC) and have a prediction. Rows that their
     * owners have deleted are missing; {@link #find} has them.
     */
    List<LedgerEntry> acceptedOn(LocalDate day, ProviderId provider);

    /** The entry of the row that has the prediction. */
    Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction);

    /** Charges a row that has ended the amount that the bill says; false when the row has changed meanwhile. */
    boolean settle(GenerationId row, Money amount);
}
