package dev.darkroom.explorer;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.simulation.FewModels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What must hold of money at the end of every execution, whatever has crashed between a hold and its settlement. */
final class MoneyPromises {

    private final World world;
    private final List<String> broken = new ArrayList<>();

    private MoneyPromises(World world) {
        this.world = world;
    }

    static List<String> broken(World world) {
        var promises = new MoneyPromises(world);
        promises.nothingIsHeldForEver();
        promises.nothingIsReleasedThatMayBeBilled();
        promises.theBillIsCovered();
        promises.theUsageIsTheLedger();
        world.rules.limits().forEach(promises::everyWindowIsTheLedger);
        return promises.broken;
    }

    private void nothingIsHeldForEver() {
        rows().stream()
                .filter(row -> row.knownCost()
                        .filter(cost -> cost.state() == Cost.State.HELD)
                        .isPresent())
                .forEach(row -> broken.add("ended, but held for ever: " + row));
    }

    private void nothingIsReleasedThatMayBeBilled() {
        var paidFor = world.ledger.made().stream().map(Ledger.Made::row).collect(Collectors.toSet());
        rows().stream()
                .filter(row -> paidFor.contains(row.id()))
                .filter(row -> row.knownCost()
                        .filter(cost -> cost.state() == Cost.State.RELEASED)
                        .isPresent())
                .forEach(row -> broken.add("released, but billed: " + row));
    }

    /** A row that is sent twice, as the settings may allow, holds one price. */
    private void theBillIsCovered() {
        var bill = FewModels.PRICE.times(world.ledger.made().size());
        var covered = costs(Cost.State.CHARGED).plus(costs(Cost.State.UNCONFIRMED));
        if (!world.rules.mayPayTwice() && bill.compareTo(covered) > 0) {
            broken.add("billed %s, but only %s is charged or unconfirmed".formatted(bill, covered));
        }
    }

    private void theUsageIsTheLedger() {
        var counted = world.rows.usage().total().chargedMicros();
        var charged = world.rules.limits().isEmpty() ? Money.ZERO : costs(Cost.State.CHARGED);
        if (counted != charged.microDollars()) {
            broken.add("usage has %d micro-dollars, but %s dollars are charged".formatted(counted, charged));
        }
    }

    /** Most executions begin before the end of a month, and end after it. */
    private void everyWindowIsTheLedger(SpendLimit limit) {
        rows().stream()
                .filter(row -> !row.isCopy() && !windows(row).contains(limit.windowAt(row.createdAt())))
                .forEach(row -> broken.add("does not count in the window of its acceptance: " + row));
        rows().stream()
                .flatMap(row -> windows(row).stream())
                .filter(window -> window.scope().equals(limit.scope()))
                .distinct()
                .forEach(this::theCounterIsTheLedger);
        if (world.rows.budgets().mostCommitted() > limit.max().microDollars()) {
            broken.add("more was held and spent than the limit " + limit.max());
        }
    }

    private void theCounterIsTheLedger(BudgetWindow window) {
        var use = world.rows.budgets().use(window);
        var counted =
                rows().stream().filter(row -> windows(row).contains(window)).toList();
        var charged = costs(counted, Cost.State.CHARGED);
        var committed = charged.plus(costs(counted, Cost.State.UNCONFIRMED));
        boolean isSpent = window.scope().isDeployment() || use.spent().equals(charged);
        if (!use.committed().equals(committed) || !isSpent) {
            broken.add("%s counts in %s, but the rows cost %s, of which %s is charged"
                    .formatted(use, window, committed, charged));
        }
    }

    private static List<BudgetWindow> windows(Generation row) {
        return row.knownCost().map(Cost::windows).orElse(List.of());
    }

    private Money costs(Cost.State state) {
        return costs(rows(), state);
    }

    private static Money costs(Collection<Generation> rows, Cost.State state) {
        return rows.stream()
                .flatMap(row -> row.knownCost().stream())
                .filter(cost -> cost.state() == state)
                .map(Cost::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    private Collection<Generation> rows() {
        return world.rows.all();
    }
}
