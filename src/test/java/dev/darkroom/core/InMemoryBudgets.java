package dev.darkroom.core;

import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore.Creation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fake of the counters of windows. {@link InMemoryGenerationStore} changes them with its rows. */
public final class InMemoryBudgets implements Budgets {

    private record Counter(long committed, long spent) {}

    private static final Counter NEW = new Counter(0, 0);

    private final Map<BudgetWindow, Counter> counters = new HashMap<>();
    private final Set<BudgetWindow> reported = new HashSet<>();
    private long mostCommitted;

    /** Why the price of a new row cannot be held; empty when it can. */
    synchronized Optional<Creation> refusal(Generation row, List<SpendLimit> limits) {
        var posting = row.knownCost().flatMap(cost -> cost.postedBy(row.version()));
        return posting.flatMap(change -> limits.stream()
                .filter(limit ->
                        use(limit.windowAt(row.createdAt())).committed().microDollars() + change.committedMicros()
                                > limit.max().microDollars())
                .findFirst()
                .map(limit -> new Creation.OverBudget(limit, use(limit.windowAt(row.createdAt())))));
    }

    /** Makes the change of this version of a row. */
    synchronized void post(Generation row) {
        row.knownCost()
                .ifPresent(cost -> cost.postedBy(row.version()).ifPresent(posting -> {
                    for (var window : cost.windows()) {
                        var before = counters.getOrDefault(window, NEW);
                        long spent = window.scope().isDeployment() ? 0 : posting.spentMicros();
                        var after = new Counter(before.committed + posting.committedMicros(), before.spent + spent);
                        mostCommitted = Math.max(mostCommitted, after.committed);
                        counters.put(window, after);
                    }
                }));
    }

    @Override
    public synchronized BudgetUse use(BudgetWindow window) {
        var counter = counters.getOrDefault(window, NEW);
        return new BudgetUse(new Money(counter.committed), new Money(counter.spent));
    }

    @Override
    public synchronized boolean isReported(BudgetWindow window) {
        return reported.contains(window);
    }

    @Override
    public synchronized void markReported(BudgetWindow window) {
        if (counters.containsKey(window)) {
            reported.add(window);
        }
    }

    /** The most that any window has ever had committed, in micro-dollars. */
    public synchronized long mostCommitted() {
        return mostCommitted;
    }

    synchronized void clear() {
        counters.clear();
        reported.clear();
        mostCommitted = 0;
    }
}
