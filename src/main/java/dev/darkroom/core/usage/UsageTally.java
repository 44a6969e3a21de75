package dev.darkroom.core.usage;

import dev.darkroom.core.usage.ReadUsage.Line;
import dev.darkroom.core.usage.ReadUsage.Report;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up the lines of a report. Days may be added by several threads and in any order. */
final class UsageTally {

    private final GroupBy groupBy;
    private final Map<Optional<String>, UsageCount> counts = new HashMap<>();
    private UsageCount total = UsageCount.ZERO;

    UsageTally(GroupBy groupBy) {
        this.groupBy = groupBy;
    }

    synchronized void add(List<UsageEntry> entries) {
        for (var entry : entries) {
            if (!entry.count().equals(UsageCount.ZERO)) {
                counts.merge(groupBy.nameOf(entry.group()), entry.count(), UsageCount::plus);
                total = total.plus(entry.count());
            }
        }
    }

    synchronized Report report() {
        var lines = counts.entrySet().stream()
                .map(count -> new Line(count.getKey(), count.getValue()))
                .sorted(Comparator.comparing(line -> line.group().orElse("")))
                .toList();
        return new Report(lines, total);
    }
}
