package dev.darkroom.core.billing;

import dev.darkroom.core.billing.Difference.Kind;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillEntry;
import java.util.Collection;
import java.util.Optional;

/**
 * What the bill means for one entry of the ledger.
 *
 * @param difference empty when both agree, and when the ledger has waited for the bill
 * @param settleAt what the ledger shall charge from now on; empty when it stays as it is
 */
record Comparison(Optional<Difference> difference, Optional<Money> settleAt) {

    private static final Comparison EQUAL = new Comparison(Optional.empty(), Optional.empty());

    /**
     * Compares an entry with everything that the bill has about its prediction. A refund and the amount of an
     * unconfirmed entry are settled, because only the bill knows them. Any other difference is for a person: the price
     * in the model's file may be wrong, or the bill. An entry without a cost has nothing to compare.
     *
     * @param isFinal whether a prediction that is not on the bill will not appear on it any more
     */
    static Comparison of(LedgerEntry entry, Collection<BillEntry> bill, boolean isFinal) {
        if (entry.cost().isEmpty() || (bill.isEmpty() && !isFinal)) {
            return EQUAL;
        }
        long paid = bill.stream().mapToLong(BillEntry::paid).sum();
        var cost = entry.cost().get();
        return switch (cost.state()) {
            case HELD -> EQUAL;
            case UNCONFIRMED -> new Comparison(Optional.empty(), Optional.of(amount(paid)));
            case CHARGED, RELEASED -> {
                long charged = cost.charged().microDollars();
                yield paid == charged ? EQUAL : differing(entry, charged, bill, paid);
            }
        };
    }

    private static Comparison differing(LedgerEntry entry, long charged, Collection<BillEntry> bill, long paid) {
        boolean isRefunded = paid < charged && bill.stream().anyMatch(one -> one.kind() == BillEntry.Kind.REFUND);
        var kind = isRefunded ? Kind.REFUNDED : bill.isEmpty() ? Kind.NEVER_BILLED : Kind.OTHER_PRICE;
        return new Comparison(
                Optional.of(new Difference(kind, entry.prediction(), Optional.of(entry.row()), charged, paid)),
                isRefunded ? Optional.of(amount(paid)) : Optional.empty());
    }

    /** A refund without its charge is no income. */
    private static Money amount(long paid) {
        return new Money(Math.max(0, paid));
    }

    /** What the bill has about a prediction that no row has; empty when it was refunded as well. */
    static Optional<Difference> unknown(PredictionId prediction, Collection<BillEntry> bill) {
        long paid = bill.stream().mapToLong(BillEntry::paid).sum();
        return paid == 0
                ? Optional.empty()
                : Optional.of(new Difference(Kind.UNKNOWN, prediction, Optional.empty(), 0, paid));
    }

    boolean isEqual() {
        return difference.isEmpty() && settleAt.isEmpty();
    }
}
