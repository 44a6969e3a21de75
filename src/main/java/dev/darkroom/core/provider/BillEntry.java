package dev.darkroom.core.provider;

import dev.darkroom.core.generation.PredictionId;
import java.time.Instant;

/**
 * An entry of a provider's bill about one prediction.
 *
 * @param id the provider's id of the entry
 * @param microDollars 0 or more, also for a refund
 * @param at when the provider wrote it
 */
public record BillEntry(String id, PredictionId prediction, Kind kind, long microDollars, Instant at) {

    /** What the entry does to the account. */
    public enum Kind {
        CHARGE,
        REFUND
    }

    public BillEntry {
        if (microDollars < 0) {
            throw new IllegalArgumentException("an entry of a bill is not negative; a refund is an entry of its own");
        }
    }

    /** What the account pays by this entry, in micro-dollars; negative for a refund. */
    public long paid() {
        return kind == Kind.CHARGE ? microDollars : -microDollars;
    }
}
