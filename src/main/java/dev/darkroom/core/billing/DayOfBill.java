package dev.darkroom.core.billing;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.darkroom.core.billing.BillReport.Undecided;
import dev.darkroom.core.billing.Ledger.Unconfirmed;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillQuestion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The comparison of one day. It goes both ways: each prediction on the bill of the day has its row, whenever that was
 * accepted; each row that was accepted on the day has its prediction on the bill, whenever that was written.
 */
final class DayOfBill {

    /** How many days after its acceptance a row may be sent: it waits for a day, and is resubmitted within another. */
    private static final int DAYS_TO_SEND = 2;

    private final ProviderId provider;
    private final Ledger ledger;
    private final BillPages pages;
    private final boolean isFinal;

    /** Empty for a prediction that no row has, so that it is looked for once. */
    private final Map<PredictionId, Optional<LedgerEntry>> entries = new HashMap<>();

    private final List<Difference> differences = new ArrayList<>();
    private final Set<GenerationId> settled = new HashSet<>();
    private String problem = "";

    DayOfBill(ProviderId provider, Ledger ledger, BillPages pages, boolean isFinal) {
        this.provider = provider;
        this.ledger = ledger;
        this.pages = pages;
        this.isFinal = isFinal;
    }

    /** Empty when the provider shows no bill. */
    Optional<BillReport> compare(LocalDate day) {
        var bill = pages.read(
                new BillQuestion.Written(start(day), start(day.plusDays(1)).minusMillis(1)));
        if (!pages.exists()) {
            return Optional.empty();
        }
        var accepted = ledger.acceptedOn(day, provider);
        accepted.entries().forEach(entry -> entries.put(entry.prediction(), Optional.of(entry)));
        var doubtful = doubtful(accepted, bill);
        for (int from = 0; from < doubtful.size() && pages.problem().isEmpty(); from += BillQuestion.About.MAX) {
            conclude(doubtful.subList(from, Math.min(from + BillQuestion.About.MAX, doubtful.size())), bill);
        }
        var left = accepted.unconfirmed().stream()
                .filter(one -> !settled.contains(one.row()))
                .toList();
        var undecided = left.isEmpty() ? Undecided.NONE : undecided(left, day, bill.keySet());
        int unpriced = (int) bill.keySet().stream().filter(this::isUnpriced).count();
        return Optional.of(new BillReport(
                provider,
                day,
                bill.size(),
                differences,
                settled.size(),
                unpriced,
                undecided,
                pages.unreadable(),
                problem()));
    }

    /** Why the comparison is not complete; empty while it is. */
    private String problem() {
        return problem.isEmpty() ? pages.problem() : problem;
    }

    /**
     * The predictions of which the day's part of the bill does not say enough. A prediction whose row was accepted on
     * another day may have been billed on that day too.
     */
    private List<PredictionId> doubtful(Ledger.Day accepted, Map<PredictionId, List<BillEntry>> bill) {
        var ofTheDay =
                accepted.entries().stream().map(LedgerEntry::prediction).collect(toCollection(LinkedHashSet::new));
        var doubtful = new LinkedHashSet<PredictionId>();
        bill.entrySet().stream().takeWhile(_ -> pages.hasTime()).forEach(onBill -> {
            var prediction = onBill.getKey();
            boolean isCertain = ofTheDay.contains(prediction) && isEqual(entry(prediction), onBill.getValue());
            if (!isCertain && !isUnpriced(prediction)) {
                doubtful.add(prediction);
            }
        });
        if (pages.problem().isEmpty()) {
            ofTheDay.stream()
                    .filter(prediction -> !bill.containsKey(prediction))
                    .filter(prediction -> !isEqual(entry(prediction), List.of()))
                    .forEach(doubtful::add);
        }
        return List.copyOf(doubtful);
    }

    /**
     * A row without a prediction has cost nothing when the bill has no prediction that no row has: not on its day, and
     * not on the two that follow, in which it may have been sent. One that has claimed a prediction of those days is
     * settled with them.
     */
    private Undecided undecided(List<Unconfirmed> unconfirmed, LocalDate day, Collection<PredictionId> billed) {
        var rows = unconfirmed.stream().map(Unconfirmed::row).toList();
        if (!isFinal) {
            return new Undecided(rows, "the day may still change");
        }
        if (!problem().isEmpty()) {
            return new Undecided(rows, "the bill could not be compared in full");
        }
        if (isUnknown(billed)) {
            return new Undecided(rows, "the bill has predictions that no row has");
        }
        var later = pages.read(new BillQuestion.Written(
                        start(day.plusDays(1)),
                        start(day.plusDays(1 + DAYS_TO_SEND)).minusMillis(1)))
                .keySet();
        if (!problem().isEmpty()) {
            return new Undecided(rows, "the bill of the next two days could not be read in full");
        }
        if (pages.unreadable() > 0) {
            return new Undecided(rows, "the bill has entries that cannot be read");
        }
        if (isUnknown(later)) {
            return new Undecided(rows, "the bill has predictions that no row has, on one of the next two days");
        }
        var claiming = later.stream()
                .flatMap(prediction -> entry(prediction).stream())
                .map(LedgerEntry::row)
                .collect(toSet());
        unconfirmed.stream()
                .filter(one -> !claiming.contains(one.row()))
                .forEach(one -> settle(one.row(), one.cost(), Money.ZERO));
        var billedLater = rows.stream().filter(claiming::contains).toList();
        return billedLater.isEmpty()
                ? Undecided.NONE
                : new Undecided(billedLater, "the bill charges them on one of the next two days");
    }

    private boolean isUnknown(Collection<PredictionId> predictions) {
        return !predictions.stream().allMatch(prediction -> entry(prediction).isPresent());
    }

    private boolean isUnpriced(PredictionId prediction) {
        var entry = entries.getOrDefault(prediction, Optional.empty());
        return entry.isPresent() && entry.get().cost().isEmpty();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Optional<LedgerEntry> entry(PredictionId prediction) {
        return entries.computeIfAbsent(prediction, id -> ledger.find(provider, id));
    }

    private boolean isEqual(Optional<LedgerEntry> entry, Collection<BillEntry> bill) {
        return entry.map(one -> Comparison.of(one, bill, isFinal).isEqual()).orElse(false);
    }

    /** Asks for the whole bill about these predictions: a refund may be of another day than its charge. */
    private void conclude(List<PredictionId> doubtful, Map<PredictionId, List<BillEntry>> ofDay) {
        int unreadable = pages.unreadable();
        var bill = pages.read(new BillQuestion.About(doubtful));
        if (!pages.problem().isEmpty()) {
            return;
        }
        var inconsistent = doubtful.stream()
                .filter(one -> !idsOf(one, bill).containsAll(idsOf(one, ofDay)))
                .toList();
        if (!inconsistent.isEmpty()) {
            problem = "the bill lacks entries about %s when it is asked for them".formatted(inconsistent.getFirst());
        }
        // An entry that cannot be read, or that is lacking, may be about any prediction that the bill seems to lack.
        boolean isWhole = pages.unreadable() == unreadable && inconsistent.isEmpty();
        doubtful.stream()
                .filter(prediction -> !inconsistent.contains(prediction))
                .filter(prediction -> isWhole || bill.containsKey(prediction))
                .forEach(prediction -> conclude(prediction, entriesOf(prediction, bill)));
    }

    private static List<BillEntry> entriesOf(PredictionId prediction, Map<PredictionId, List<BillEntry>> bill) {
        return bill.getOrDefault(prediction, List.of());
    }

    private static Set<String> idsOf(PredictionId prediction, Map<PredictionId, List<BillEntry>> bill) {
        return entriesOf(prediction, bill).stream().map(BillEntry::id).collect(toSet());
    }

    private void conclude(PredictionId prediction, Collection<BillEntry> bill) {
        entry(prediction)
                .ifPresentOrElse(
                        entry -> conclude(entry, bill),
                        () -> Comparison.unknown(prediction, bill).ifPresent(differences::add));
    }

    private void conclude(LedgerEntry entry, Collection<BillEntry> bill) {
        var comparison = Comparison.of(entry, bill, isFinal);
        comparison.difference().ifPresent(differences::add);
        comparison
                .settleAt()
                .ifPresent(amount -> entry.cost().ifPresent(expected -> settle(entry.row(), expected, amount)));
    }

    /** A row that another comparison has settled meanwhile stays as it is. */
    private void settle(GenerationId row, Cost expected, Money amount) {
        if (ledger.settle(row, expected, amount)) {
            settled.add(row);
        }
    }
}
