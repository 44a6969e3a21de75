package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import java.time.LocalDate;
import java.util.List;

/**
 * How the bill of a provider and the ledger compare.
 *
 * @param day the day (UTC) of the bill's entries, and of the acceptance of the rows
 * @param billed how many predictions the bill has
 * @param differences those that were not settled, and refunds
 * @param settled how many rows were settled as the bill says
 * @param unpriced how many of the billed predictions are of rows without a price, which are not compared
 * @param undecided the rows without a prediction that may have cost their price
 * @param unreadable how many entries of the bill cannot be read
 * @param problem why the comparison is not complete; empty when it is
 */
public record BillReport(
        ProviderId provider,
        LocalDate day,
        int billed,
        List<Difference> differences,
        int settled,
        int unpriced,
        Undecided undecided,
        int unreadable,
        String problem) {

    /**
     * Rows that the bill does not decide.
     *
     * @param reason why it does not; empty without rows
     */
    public record Undecided(List<GenerationId> rows, String reason) {

        static final Undecided NONE = new Undecided(List.of(), "");

        public Undecided {
            rows = List.copyOf(rows);
        }
    }

    public BillReport {
        differences = List.copyOf(differences);
    }

    public boolean isComplete() {
        return problem.isEmpty();
    }

    /** By how much bill and ledger differ after the settlement, in micro-dollars. */
    public long driftMicros() {
        return differences.stream()
                .filter(difference -> difference.kind() != Difference.Kind.REFUNDED)
                .mapToLong(Difference::driftMicros)
                .sum();
    }
}
