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
     * in a window. A row that has ended and may be billed adds zero: the counters of a day name the owners whose rows
     * are compared with the bill, and only the bill can settle such a row.
     */
    public Optional<UsageEntry> of(Generation row) {
        return row.knownCost().filter(cost -> !cost.windows().isEmpty()).flatMap(cost -> switch (cost.state()) {
            case HELD -> Optional.empty();
            case UNCONFIRMED ->
                Optional.of(new UsageEntry(group(row), UsageCount.ZERO))
                        .filter(_ -> row.state().status().isTerminal());
            case CHARGED, RELEASED ->
                cost.postedBy(row.version())
                        .map(posting -> new UsageEntry(group(row), count(row, posting)))
                        .filter(entry -> !entry.count().equals(UsageCount.ZERO));
        });
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
