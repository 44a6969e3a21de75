package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries by the day of their acceptance. Every row of it has ended. */
final class FakeLedger implements Ledger {

    /** {@code prediction} is what the row has, and {@code claim} what it has only claimed. */
    private record Row(
            LocalDate day, Optional<PredictionId> prediction, Optional<PredictionId> claim, Optional<Cost> cost) {

        Row settled(Money amount) {
            return new Row(day, prediction, claim, cost.map(before -> before.billed(amount, 9)));
        }

        boolean isOf(PredictionId other) {
            return prediction.or(() -> claim).filter(other::equals).isPresent();
        }
    }

    final Map<GenerationId, Money> settled = new HashMap<>();

    /** The predictions that were looked for. */
    final List<PredictionId> searches = new ArrayList<>();

    private final Map<GenerationId, Row> rows = new LinkedHashMap<>();
    private final List<LocalDate> unreadable = new ArrayList<>();

    GenerationId accept(LocalDate day, String prediction, Cost cost) {
        return add(new Row(day, Optional.of(new PredictionId(prediction)), Optional.empty(), Optional.of(cost)));
    }

    /** A row without a price. */
    void acceptWithoutPrice(LocalDate day, String prediction) {
        add(new Row(day, Optional.of(new PredictionId(prediction)), Optional.empty(), Optional.empty()));
    }

    /** A row that was sent once, without an answer. */
    GenerationId acceptWithoutPrediction(LocalDate day) {
        return add(new Row(day, Optional.empty(), Optional.empty(), unconfirmed()));
    }

    /** A row without a prediction that has claimed one: its process ended before it wrote the row. */
    GenerationId acceptWithClaim(LocalDate day, String prediction) {
        return add(new Row(day, Optional.empty(), Optional.of(new PredictionId(prediction)), unconfirmed()));
    }

    private static Optional<Cost> unconfirmed() {
        return Optional.of(Ledgers.cost(Cost.State.UNCONFIRMED, 40_000));
    }

    private GenerationId add(Row row) {
        var id = new GenerationId("%032x".formatted(rows.size() + 1));
        rows.put(id, row);
        return id;
    }

    /** The store does not answer when it is asked for this day. */
    void fail(LocalDate day) {
        unreadable.add(day);
    }

    @Override
    public Day acceptedOn(LocalDate day, ProviderId provider) {
        if (unreadable.contains(day)) {
            throw new StoreUnavailableException("no answer", new IllegalStateException());
        }
        var entries = new ArrayList<LedgerEntry>();
        var unconfirmed = new ArrayList<Unconfirmed>();
        rows.forEach((id, row) -> {
            if (row.day().equals(day)) {
                row.cost()
                        .ifPresent(cost -> row.prediction()
                                .ifPresentOrElse(
                                        prediction -> entries.add(new LedgerEntry(id, prediction, row.cost())),
                                        () -> add(new Unconfirmed(id, cost), unconfirmed)));
            }
        });
        return new Day(entries, unconfirmed);
    }

    private static void add(Unconfirmed row, List<Unconfirmed> unconfirmed) {
        if (row.cost().state() == Cost.State.UNCONFIRMED) {
            unconfirmed.add(row);
        }
    }

    @Override
    public Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction) {
        searches.add(prediction);
        return rows.entrySet().stream()
                .filter(row -> row.getValue().isOf(prediction))
                .findFirst()
                .map(row ->
                        new LedgerEntry(row.getKey(), prediction, row.getValue().cost()));
    }

    @Override
    public boolean settle(GenerationId id, Cost expected, Money amount) {
        var row = rows.get(id);
        if (row == null || !row.cost().equals(Optional.of(expected))) {
            return false;
        }
        rows.put(id, row.settled(amount));
        settled.put(id, amount);
        return true;
    }
}
