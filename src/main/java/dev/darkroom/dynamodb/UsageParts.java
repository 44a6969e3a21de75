package dev.darkroom.dynamodb;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.SettledUsage;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Makes the parts of a transaction that count what its rows have used. */
final class UsageParts {

    private final String table;
    private final SettledUsage usage;

    UsageParts(String table, CountedNames names) {
        this.table = table;
        this.usage = new SettledUsage(names);
    }

    /** Whether writing this version of the row changes a counter. */
    boolean isCounted(Generation row) {
        return usage.of(row).isPresent();
    }

    /** A transaction changes each counter once, however many of its rows count there. */
    List<TransactWriteItem> of(List<Generation> rows) {
        var counts = new LinkedHashMap<UsageGroup, UsageCount>();
        rows.stream()
                .flatMap(row -> usage.of(row).stream())
                .forEach(entry -> counts.merge(entry.group(), entry.count(), UsageCount::plus));
        return counts.entrySet().stream()
                .map(entry -> UsageItem.adding(table, new UsageEntry(entry.getKey(), entry.getValue())))
                .toList();
    }
}
