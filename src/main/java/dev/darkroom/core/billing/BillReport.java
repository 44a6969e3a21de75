package dev.darkroom.core.billing;

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
 * @param undecided how many rows without a prediction may have cost their price, because the bill has predictions that no
 *     row has
 * @param unreadable how many entries of the bill cannot be read
 * @param problem why the comparison is not complete; empty when it is
 */
public record BillReport(
        ProviderId provider,
        LocalDate day,
        int billed,
        List<Difference> differences,
        int settled,
        int undecided,
        int unreadable,
        String problem) {

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
