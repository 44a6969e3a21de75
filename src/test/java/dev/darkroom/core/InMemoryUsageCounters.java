package dev.darkroom.core;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.SettledUsage;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageCounters;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fake of the usage counters. It passes the same contract suite as the real ones. */
public final class InMemoryUsageCounters implements UsageCounters {

    /** The one name of metadata that is counted. */
    public static final CountedNames NAMES = CountedNames.parse("project");

    private final Map<UsageGroup, UsageCount> counts = new HashMap<>();
    private Runnable beforeRead = () -> {};
    private final SettledUsage usage = new SettledUsage(NAMES);

    /** Counts what the write of this version settles. */
    synchronized void post(Generation row) {
        usage.of(row).ifPresent(entry -> counts.merge(entry.group(), entry.count(), UsageCount::plus));
    }

    @Override
    public synchronized List<UsageEntry> of(LocalDate day, Optional<Owner> owner) {
        beforeRead.run();
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().day().equals(day))
                .filter(entry -> owner.map(entry.getKey().owner()::equals).orElse(true))
                .map(entry -> new UsageEntry(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Runs at the beginning of each read; its exception is the table's. */
    public synchronized void beforeRead(Runnable action) {
        beforeRead = action;
    }

    /** What all groups of all days have used together. */
    public synchronized UsageCount total() {
        return counts.values().stream().reduce(UsageCount.ZERO, UsageCount::plus);
    }

    synchronized void clear() {
        counts.clear();
    }
}
