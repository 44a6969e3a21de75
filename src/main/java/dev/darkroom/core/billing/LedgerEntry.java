package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.money.Cost;

/** What the ledger has about a prediction. */
public record LedgerEntry(GenerationId row, PredictionId prediction, Cost cost) {

    /** What the ledger has charged, in micro-dollars. */
    long chargedMicros() {
        return cost.charged().microDollars();
    }
}
