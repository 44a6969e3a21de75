package dev.darkroom.core.budget;

import dev.darkroom.core.budget.SpendLimits.Exceeded;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports how much of a limit is used, and that its soft limit is reached.
 *
 * A process reads the counter after an acceptance when its last reading is five seconds old, or when that reading and
 * what the process has accepted since reach the soft limit together. A refusal has the counter with it. So a process
 * that alone spends a budget reports with the acceptance that reaches the soft limit. When several processes reach it
 * together, the report comes at the latest with the next refusal, or with the next acceptance by a process whose last
 * reading is five seconds old. When no such request comes in the window, there may be none.
 *
 * A window is reported once. It is marked after the report, so it is reported again when the process ends between the
 * two or cannot write the mark, or when two processes come to it at once: a warning that comes twice is better than
 * none.
 */
public final class BudgetWatch {

    /** In windows; a process that has seen more forgets all of them. */
    private static final int MAX_WINDOWS = 1_000;

    private final Budgets budgets;
    private final GenerationListener listener;
    private final InstantSource clock;
    private final Map<BudgetWindow, WatchedWindow> windows = new ConcurrentHashMap<>();

    public BudgetWatch(Budgets budgets, GenerationListener listener, InstantSource clock) {
        this.budgets = budgets;
        this.listener = listener;
        this.clock = clock;
    }

    /** A request of this price was accepted under these limits, at the time that decides its windows. */
    void accepted(List<SpendLimit> limits, Money price, Instant at) {
        for (var limit : limits) {
            limit.soft().ifPresent(soft -> accepted(limit, soft, price, limit.windowAt(at)));
        }
    }

    private void accepted(SpendLimit limit, Money soft, Money price, BudgetWindow window) {
        var watched = watched(window);
        if (!watched.isDueAfter(price, soft, clock.instant())) {
            return;
        }
        try {
            var acceptedBefore = watched.accepted();
            var committed = budgets.use(window).committed();
            watched.read(committed, acceptedBefore, clock.instant());
            observed(limit, window, watched, committed);
        } catch (StoreUnavailableException | StoreRefusedException _) {
            // The next request reads the counter again.
        }
    }

    /** A limit has refused a request, and so its counter was read. */
    void refused(Exceeded refusal) {
        var limit = refusal.limit();
        limit.soft().ifPresent(soft -> {
            var watched = watched(refusal.window());
            var committed = refusal.use().committed();
            boolean isNews = committed.compareTo(soft) >= 0 && !watched.isReported();
            if (isNews || watched.isDue(soft, clock.instant())) {
                // How much of what this process has accepted the counter had then is not known.
                watched.read(committed, Money.ZERO, clock.instant());
                observed(limit, refusal.window(), watched, committed);
            }
        });
    }

    private WatchedWindow watched(BudgetWindow window) {
        if (windows.size() >= MAX_WINDOWS) {
            windows.clear();
        }
        return windows.computeIfAbsent(window, _ -> new WatchedWindow());
    }

    private void observed(SpendLimit limit, BudgetWindow window, WatchedWindow watched, Money committed) {
        listener.budgetObserved(limit, committed);
        boolean isReached =
                limit.soft().filter(soft -> committed.compareTo(soft) >= 0).isPresent();
        if (isReached && watched.claimReport()) {
            report(limit, window, watched, committed);
        }
    }

    private void report(SpendLimit limit, BudgetWindow window, WatchedWindow watched, Money committed) {
        try {
            if (budgets.isReported(window)) {
                return;
            }
        } catch (StoreUnavailableException | StoreRefusedException _) {
            // A later request asks again.
            watched.returnReport();
            return;
        }
        listener.softBudgetReached(limit, window, committed);
        try {
            budgets.markReported(window);
        } catch (StoreUnavailableException | StoreRefusedException _) {
            // Another process reports it again.
        }
    }
}
