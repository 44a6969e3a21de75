package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.money.Cost;
import java.util.Optional;

/**
 * What the ledger has about a prediction.
 *
 * @param cost empty when the row had no price, because its model has none and no limit applied, or is gone
 */
public record LedgerEntry(GenerationId row, PredictionId prediction, Optional<Cost> cost) {}
