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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries by the day of their acceptance. */
final class FakeLedger implements Ledger {

    private static final Cost UNCONFIRMED = Ledgers.cost(Cost.State.UNCONFIRMED, 40_000);

    final Map<GenerationId, Money> settled = new HashMap<>();
    private final Map<LocalDate, List<LedgerEntry>> byDay = new HashMap<>();
    private final Map<LocalDate, List<Unconfirmed>> unconfirmed = new HashMap<>();
    private final Map<PredictionId, LedgerEntry> claims = new HashMap<>();
    private final List<LocalDate> unreadable = new ArrayList<>();
    private int rows;

    GenerationId accept(LocalDate day, String prediction, Cost cost) {
        var row = new GenerationId("%032x".formatted(++rows));
        byDay.computeIfAbsent(day, _ -> new ArrayList<>())
                .add(new LedgerEntry(row, new PredictionId(prediction), Optional.of(cost)));
        return row;
    }

    /** A row without a price, which is in no list of the ledger. */
    void acceptWithoutPrice(String prediction) {
        var row = new GenerationId("%032x".formatted(++rows));
        var id = new PredictionId(prediction);
        claims.put(id, new LedgerEntry(row, id, Optional.empty()));
    }

    /** A row that was sent once, without an answer. */
    GenerationId acceptWithoutPrediction(LocalDate day) {
        var row = new GenerationId("%032x".formatted(++rows));
        unconfirmed.computeIfAbsent(day, _ -> new ArrayList<>()).add(new Unconfirmed(row, UNCONFIRMED));
        return row;
    }

    /** A row without a prediction that has claimed one: its process ended before it wrote the row. */
    GenerationId acceptWithClaim(LocalDate day, String prediction) {
        var row = acceptWithoutPrediction(day);
        var id = new PredictionId(prediction);
        claims.put(id, new LedgerEntry(row, id, Optional.of(UNCONFIRMED)));
        return row;
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
        return new Day(byDay.getOrDefault(day, List.of()), unconfirmed.getOrDefault(day, List.of()));
    }

    @Override
    public Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction) {
        return byDay.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.prediction().equals(prediction))
                .findFirst()
                .or(() -> Optional.ofNullable(claims.get(prediction)));
    }

    @Override
    public boolean settle(GenerationId row, Cost expected, Money amount) {
        return settled.putIfAbsent(row, amount) == null;
    }
}
