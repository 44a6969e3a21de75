package dev.darkroom.core.billing;

import dev.darkroom.core.store.GenerationStore.PredictionClaim;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the bill of each provider with the ledger, and settles what only the bill knows: refunds, and what rows cost
 * whose outcome was never known.
 */
public final class ReconcileBill {

    /**
     * How many days ago the day is that a schedule compares. From then on a day does not change: a row may wait in the
     * queue for a day and run for another one.
     */
    public static final int DAYS_AGO = 3;

    /** How many days ago the first day is that the schedule compares once more. */
    private static final int LAST_DAYS_AGO = 7;

    /**
     * How many days ago the first day is that can be compared. Which row owns a prediction is known for three days longer,
     * so a refund of that day is found if its charge was made up to two days before.
     */
    public static final int MAX_DAYS_AGO =
            Math.toIntExact(PredictionClaim.KEPT.minusDays(3).toDays());

    private final List<ProviderBill> bills;
    private final Ledger ledger;
    private final BillListener listener;
    private final InstantSource clock;

    public ReconcileBill(List<ProviderBill> bills, Ledger ledger, BillListener listener, InstantSource clock) {
        this.bills = List.copyOf(bills);
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Compares the day that is due, and then the days before it once more, because a comparison may have failed or a row
     * may have ended late. Without time for a further day there is no report of it. A day whose ledger cannot be read
     * does not stop the others.
     */
    public List<BillReport> reconcileDue(Instant until) {
        var reports = new ArrayList<BillReport>();
        var failures = new ArrayList<StoreUnavailableException>();
        for (int age = DAYS_AGO; age <= LAST_DAYS_AGO && clock.instant().isBefore(until); age++) {
            try {
                reports.addAll(reconcile(today().minusDays(age), until));
            } catch (StoreUnavailableException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return reports;
    }

    /** The last day that does not change any more. */
    public LocalDate dueDay() {
        return today().minusDays(DAYS_AGO);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * One report for each provider that shows a bill. It may be repeated. Throws {@link StoreUnavailableException} when
     * the ledger cannot be read; what was settled by then stays so.
     *
     * @param day one of the last {@link #MAX_DAYS_AGO}
     * @param until when no further page of a bill is asked for
     */
    public List<BillReport> reconcile(LocalDate day, Instant until) {
        boolean isFinal = !day.isAfter(dueDay());
        return bills.stream()
                .flatMap(bill -> new DayOfBill(bill.provider(), ledger, new BillPages(bill, clock, until), isFinal)
                        .compare(day).stream())
                .peek(listener::compared)
                .toList();
    }
}
