package dev.darkroom.core.budget;

import dev.darkroom.core.budget.SpendLimits.Exceeded;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which limits have refused a request a moment ago. The next request under such a limit reads the counter
 * before it asks for a share of the rate, so that a used-up key that is sent in a loop takes no share from the others.
 */
public final class RefusedLimits {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** In windows; a process that has seen more forgets all of them. */
    private static final int MAX_WINDOWS = 1_000;

    private final Budgets budgets;
    private final InstantSource clock;
    private final Map<BudgetWindow, Instant> refusals = new ConcurrentHashMap<>();

    public RefusedLimits(Budgets budgets, InstantSource clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    /** A limit has refused a request. */
    public void refused(Exceeded refusal) {
        if (refusals.size() >= MAX_WINDOWS) {
            refusals.clear();
        }
        refusals.put(refusal.window(), refusal.at());
    }

    /** The first of these limits that has refused a request a moment ago and has no room for the price now. */
    public Optional<Exceeded> stillExceeded(List<SpendLimit> limits, Money price) {
        var now = clock.instant();
        return limits.stream()
                .filter(limit -> wasRefused(limit.windowAt(now), now))
                .flatMap(limit -> exceeded(limit, price, now).stream())
                .findFirst();
    }

    private boolean wasRefused(BudgetWindow window, Instant now) {
        var refusedAt = refusals.get(window);
        return refusedAt != null && now.isBefore(refusedAt.plus(REMEMBERED));
    }

    /** A counter that cannot be read decides nothing: the write that holds the price does. */
    private Optional<Exceeded> exceeded(SpendLimit limit, Money price, Instant now) {
        try {
            var use = budgets.use(limit.windowAt(now));
            return use.left(limit).compareTo(price) < 0 ? Optional.of(new Exceeded(limit, use, now)) : Optional.empty();
        } catch (StoreUnavailableException | StoreRefusedException _) {
            return Optional.empty();
        }
    }
}
