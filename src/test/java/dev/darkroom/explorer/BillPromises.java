package dev.darkroom.explorer;

import dev.darkroom.core.billing.BillReport;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.billing.ReconcileBill;
import dev.darkroom.core.billing.StoredLedger;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.simulation.FewModels;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What must hold after the comparison with the bill, days later. The bill has every prediction that was made. */
final class BillPromises {

    private final World world;
    private final List<String> broken = new ArrayList<>();
    private final ReconcileBill reconcile;

    private BillPromises(World world) {
        this.world = world;
        var ledger = StoredLedger.ofCounted(world.rows, world.rows, world.rows.usage());
        var later = InstantSource.fixed(lastDay()
                .plusDays(ReconcileBill.DAYS_AGO)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
        this.reconcile = new ReconcileBill(List.of(new Bill(world.ledger.made())), ledger, _ -> {}, later);
    }

    static List<String> broken(World world) {
        if (world.rows.all().isEmpty()) {
            return List.of();
        }
        var promises = new BillPromises(world);
        promises.check();
        return promises.broken;
    }

    private void check() {
        var reports = compare();
        everyRowIsSettled(reports);
        theLedgerIsTheBill();
        everyGenerationIsCountedOnce();
        var again = compare();
        int settledAgain = again.stream().mapToInt(BillReport::settled).sum();
        if (settledAgain > 0) {
            broken.add("a second comparison settles %d rows".formatted(settledAgain));
        }
        Stream.concat(reports.stream(), again.stream()).forEach(this::billAndLedgerAreEqual);
    }

    private void billAndLedgerAreEqual(BillReport report) {
        if (!report.isComplete()) {
            broken.add("not compared in full: " + report);
        }
        boolean isUndecided =
                !report.differences().isEmpty() || !report.undecided().rows().isEmpty();
        if (isUndecided && !world.rules.mayPayTwice()) {
            broken.add("bill and ledger differ: " + report);
        }
    }

    private List<BillReport> compare() {
        var first = world.rows.all().stream()
                .map(Generation::createdAt)
                .min(Instant::compareTo)
                .orElseThrow();
        return day(first)
                .datesUntil(lastDay().plusDays(1))
                .flatMap(day -> reconcile.reconcile(day, Instant.MAX).stream())
                .toList();
    }

    private LocalDate lastDay() {
        return world.rows.all().stream()
                .map(Generation::createdAt)
                .max(Instant::compareTo)
                .map(BillPromises::day)
                .orElseThrow();
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private void everyRowIsSettled(List<BillReport> reports) {
        var undecided = reports.stream()
                .flatMap(report -> report.undecided().rows().stream())
                .toList();
        world.rows.all().stream()
                .filter(row -> !row.knownCost().map(Cost::isSettled).orElse(true) && !undecided.contains(row.id()))
                .forEach(row -> broken.add("not settled by the bill: " + row));
    }

    /** A prediction that no row has, which the settings may allow, is in no row's cost. */
    private void theLedgerIsTheBill() {
        var billed = FewModels.PRICE.times(world.ledger.made().size());
        var charged = world.rows.all().stream()
                .flatMap(row -> row.knownCost().stream())
                .map(Cost::charged)
                .reduce(Money.ZERO, Money::plus);
        if (!world.rules.mayPayTwice() && !charged.equals(billed)) {
            broken.add("billed %s, but charged %s".formatted(billed, charged));
        }
        long counted = world.rows.usage().total().chargedMicros();
        if (counted != charged.microDollars()) {
            broken.add("usage has %d micro-dollars after the bill, but %s dollars are charged"
                    .formatted(counted, charged));
        }
    }

    private void everyGenerationIsCountedOnce() {
        long settled = world.rows.all().stream()
                .filter(row ->
                        !row.isCopy() && row.knownCost().filter(Cost::isSettled).isPresent())
                .count();
        long counted = world.rows.usage().total().generations();
        if (counted != settled) {
            broken.add("usage counts %d generations, but %d are settled".formatted(counted, settled));
        }
    }

    private record Bill(List<Ledger.Made> made) implements ProviderBill {

        @Override
        public ProviderId provider() {
            return FewModels.PROVIDER;
        }

        @Override
        public BillOutcome page(BillQuestion question, int page) {
            var entries = made.stream()
                    .filter(one -> matches(one, question))
                    .map(one -> new BillEntry(
                            one.prediction().value(),
                            one.prediction(),
                            BillEntry.Kind.CHARGE,
                            FewModels.PRICE.microDollars(),
                            one.at()))
                    .toList();
            return new BillOutcome.Page(entries, 0, true);
        }

        private static boolean matches(Ledger.Made made, BillQuestion question) {
            return switch (question) {
                case BillQuestion.Written(var from, var until) ->
                    !made.at().isBefore(from) && !made.at().isAfter(until);
                case BillQuestion.About(var predictions) -> predictions.contains(made.prediction());
            };
        }
    }
}
