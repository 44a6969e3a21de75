package dev.darkroom.core.billing;

/** Receives the results of comparisons, to log and count them. It never throws. */
public interface BillListener {

    /** A bill was compared with the ledger. */
    void compared(BillReport report);
}
