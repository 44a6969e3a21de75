package dev.darkroom.core.usage;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.Posting;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Decides what a version of a row adds to the counters. It is a function of that version alone, so the write of the
 * version can add it in the same transaction. The counters are therefore the sums of what the ledger has settled.
 *
 * <p>Only rows to which a limit applied are counted: the end of any other row is a plain write, which costs a third.
 */
public final class SettledUsage {

    private final CountedNames names;

    public SettledUsage(CountedNames names) {
        this.names = names;
    }

    /**
     * What the write of this version adds; empty unless the version settles or corrects the cost of a row that counts
     * in a window.
     */
    public Optional<UsageEntry> of(Generation row) {
        return row.knownCost()
                .filter(cost -> cost.isSettled() && !cost.windows().isEmpty())
                .flatMap(cost -> Optional.ofNullable(cost.posting()))
                .filter(posting -> posting.version() == row.version())
                .map(posting -> new UsageEntry(group(row), count(row, posting)))
                .filter(entry -> !entry.count().equals(UsageCount.ZERO));
    }

    private UsageGroup group(Generation row) {
        return new UsageGroup(
                LocalDate.ofInstant(row.createdAt(), ZoneOffset.UTC),
                row.owner(),
                Optional.ofNullable(row.request().key()),
                row.request().model(),
                names.in(row.request().metadata()));
    }

    /** A copy is a further sending of a generation, not a generation. */
    private static UsageCount count(Generation row, Posting posting) {
        if (isCorrection(posting)) {
            return new UsageCount(0, 0, 0, posting.spentMicros());
        }
        int images = row.state() instanceof State.Completed completed
                ? completed.outputs().size()
                : 0;
        boolean hasFailed = !(row.state() instanceof State.Completed);
        return row.isCopy()
                ? new UsageCount(0, 0, images, posting.spentMicros())
                : new UsageCount(1, hasFailed ? 1 : 0, images, posting.spentMicros());
    }

    /** The first settlement gives back what was held; a later one only changes what is charged. */
    private static boolean isCorrection(Posting posting) {
        return posting.heldMicros() == 0 && posting.spentMicros() != 0;
    }
}
