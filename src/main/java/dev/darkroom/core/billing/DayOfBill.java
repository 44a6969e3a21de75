package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillEntry;
import dev.darkroom.core.provider.BillQuestion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final Map<PredictionId, LedgerEntry> entries = new LinkedHashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private int settled;

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
        accepted.entries().forEach(entry -> entries.put(entry.prediction(), entry));
        var unequal = new ArrayList<PredictionId>();
        bill.forEach((prediction, onBill) -> {
            if (!isEqual(entry(prediction), onBill)) {
                unequal.add(prediction);
            }
        });
        if (pages.problem().isEmpty()) {
            entries.values().stream()
                    .filter(entry -> !bill.containsKey(entry.prediction()))
                    .filter(entry -> !isEqual(Optional.of(entry), List.of()))
                    .map(LedgerEntry::prediction)
                    .forEach(unequal::add);
        }
        for (int from = 0; from < unequal.size(); from += BillQuestion.About.MAX) {
            conclude(unequal.subList(from, Math.min(from + BillQuestion.About.MAX, unequal.size())));
        }
        int undecided = accepted.unconfirmed().size() - released(accepted.unconfirmed(), day, bill.keySet());
        return Optional.of(new BillReport(
                provider, day, bill.size(), differences, settled, undecided, pages.unreadable(), pages.problem()));
    }

    /**
     * A row without a prediction has cost nothing when the bill has no prediction that no row has: not on its day, and
     * not on the two that follow, in which it may have been sent. Returns how many rows are released.
     */
    private int released(List<GenerationId> unconfirmed, LocalDate day, Collection<PredictionId> billed) {
        if (unconfirmed.isEmpty() || !isFinal || isUnknown(billed)) {
            return 0;
        }
        var later = pages.read(new BillQuestion.Written(
                start(day.plusDays(1)), start(day.plusDays(1 + DAYS_TO_SEND)).minusMillis(1)));
        if (!pages.problem().isEmpty() || pages.unreadable() > 0 || isUnknown(later.keySet())) {
            return 0;
        }
        int released = (int) unconfirmed.stream()
                .filter(row -> ledger.settle(row, Money.ZERO))
                .count();
        settled += released;
        return released;
    }

    private boolean isUnknown(Collection<PredictionId> predictions) {
        return !predictions.stream().allMatch(prediction -> entry(prediction).isPresent());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Optional<LedgerEntry> entry(PredictionId prediction) {
        var known = Optional.ofNullable(entries.get(prediction));
        if (known.isPresent()) {
            return known;
        }
        var found = ledger.find(provider, prediction);
        found.ifPresent(entry -> entries.put(prediction, entry));
        return found;
    }

    private boolean isEqual(Optional<LedgerEntry> entry, Collection<BillEntry> bill) {
        return entry.map(one -> Comparison.of(one, bill, isFinal).isEqual()).orElse(false);
    }

    /** Asks for the whole bill about these predictions: a refund may be of another day than its charge. */
    private void conclude(List<PredictionId> unequal) {
        int unreadable = pages.unreadable();
        var bill = pages.read(new BillQuestion.About(unequal));
        if (!pages.problem().isEmpty()) {
            return;
        }
        // An entry that cannot be read may be about any prediction that the bill seems to lack.
        boolean isWhole = pages.unreadable() == unreadable;
        unequal.stream()
                .filter(prediction -> isWhole || bill.containsKey(prediction))
                .forEach(prediction -> conclude(prediction, bill.getOrDefault(prediction, List.of())));
    }

    private void conclude(PredictionId prediction, Collection<BillEntry> bill) {
        var entry = entries.get(prediction);
        if (entry == null) {
            Comparison.unknown(prediction, bill).ifPresent(differences::add);
            return;
        }
        var comparison = Comparison.of(entry, bill, isFinal);
        comparison.difference().ifPresent(differences::add);
        comparison
                .settleAt()
                .filter(amount -> ledger.settle(entry.row(), amount))
                .ifPresent(_ -> settled++);
    }
}
