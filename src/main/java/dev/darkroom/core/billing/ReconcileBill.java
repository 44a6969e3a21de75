package dev.darkroom.core.billing;

import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    /** How many days ago the first day is that can be compared: which row owns a prediction is known as long. */
    public static final int MAX_DAYS_AGO = 7;

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

    /** The day that a schedule compares now, and the last one that does not change any more. */
    public LocalDate dueDay() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS_AGO);
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
