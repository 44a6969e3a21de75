package dev.darkroom.core.budget;

import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports how much of a limit is used, and once per window that its soft limit is reached. A process reads a counter
 * every five seconds at most, so that a report may come that much late. The window is marked after the report: it is
 * reported again when the process ends between the two, or when two processes come to it at once.
 */
public final class BudgetWatch {

    private static final Duration BETWEEN_READS = Duration.ofSeconds(5);

    /** In windows; a process that has seen more forgets all of them. */
    private static final int MAX_WINDOWS = 1_000;

    private final Budgets budgets;
    private final GenerationListener listener;
    private final InstantSource clock;
    private final Map<BudgetWindow, Instant> reads = new ConcurrentHashMap<>();

    public BudgetWatch(Budgets budgets, GenerationListener listener, InstantSource clock) {
        this.budgets = budgets;
        this.listener = listener;
        this.clock = clock;
    }

    /** A request was accepted under these limits. */
    void accepted(List<SpendLimit> limits) {
        var now = clock.instant();
        for (var limit : limits) {
            if (limit.soft().isPresent() && isDue(limit.windowAt(now), now)) {
                observe(limit, limit.windowAt(now));
            }
        }
    }

    private boolean isDue(BudgetWindow window, Instant now) {
        if (reads.size() >= MAX_WINDOWS) {
            reads.clear();
        }
        var before = reads.get(window);
        boolean due = before == null || !now.isBefore(before.plus(BETWEEN_READS));
        if (due) {
            reads.put(window, now);
        }
        return due;
    }

    private void observe(SpendLimit limit, BudgetWindow window) {
        try {
            var committed = budgets.use(window).committed();
            listener.budgetObserved(limit, committed);
            boolean isReached =
                    limit.soft().filter(soft -> committed.compareTo(soft) >= 0).isPresent();
            if (isReached && !budgets.isReported(window)) {
                listener.softBudgetReached(limit, window, committed);
                budgets.markReported(window);
            }
        } catch (StoreUnavailableException _) {
            // The next request reads the counter again.
            reads.remove(window);
        }
    }
}
