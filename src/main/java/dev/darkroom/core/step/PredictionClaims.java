package dev.darkroom.core.step;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.PredictionClaim;

/** Claims predictions for rows: a prediction belongs to one row at most. */
record PredictionClaims(GenerationStore store) {

    /** False when another row has the prediction. */
    boolean claim(PredictionId candidate, Generation row) {
        var provider = row.provider();
        var claim = new PredictionClaim(provider, candidate, row.id());
        var claimedBy = store.claimedBy(provider, candidate);
        return (claimedBy.isEmpty() || claimedBy.get().equals(row.id()) || isDoneWithout(candidate, claimedBy.get()))
                && store.claimPrediction(claim, claimedBy);
    }

    /**
     * Whether the holder of the claim has no use for this prediction. A process may have died between claiming it and
     * storing it in the row, and the row has another prediction or has ended by now.
     */
    private boolean isDoneWithout(PredictionId candidate, GenerationId claimedBy) {
        return store.find(claimedBy)
                .filter(row -> row.hasNoPrediction() || row.hasPrediction(candidate))
                .isEmpty();
    }
}
