package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import java.util.Optional;

/**
 * A prediction that the bill and the ledger say different things about.
 *
 * @param row the generation of the prediction; empty when no row has it
 * @param ledgerMicros what the ledger has charged, in micro-dollars
 * @param billMicros what the bill charges without refunds, in micro-dollars
 */
public record Difference(
        Kind kind, PredictionId prediction, Optional<GenerationId> row, long ledgerMicros, long billMicros) {

    /** Why they differ. */
    public enum Kind {
        /** The bill charges a prediction that no row has, or whose row cannot be read. */
        UNKNOWN,

        /** The bill charges another amount than the ledger, also for a generation that failed. */
        OTHER_PRICE,

        /** The provider gave money back that the ledger has charged. */
        REFUNDED,

        /** The ledger has charged a prediction that the bill does not have. */
        NEVER_BILLED
    }

    /** By how much they differ, in micro-dollars. */
    public long driftMicros() {
        return Math.abs(Math.subtractExact(ledgerMicros, billMicros));
    }
}
