package dev.darkroom.core.billing;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries by the day of their acceptance. */
final class FakeLedger implements Ledger {

    final Map<GenerationId, Money> settled = new HashMap<>();
    private final Map<LocalDate, List<LedgerEntry>> byDay = new HashMap<>();
    private int rows;

    GenerationId accept(LocalDate day, String prediction, Cost cost) {
        var row = new GenerationId("%032x".formatted(++rows));
        byDay.computeIfAbsent(day, _ -> new ArrayList<>())
                .add(new LedgerEntry(row, new PredictionId(prediction), cost));
        return row;
    }

    @Override
    public List<LedgerEntry> acceptedOn(LocalDate day, ProviderId provider) {
        return byDay.getOrDefault(day, List.of());
    }

    @Override
    public Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction) {
        return byDay.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.prediction().equals(prediction))
                .findFirst();
    }

    @Override
    public boolean settle(GenerationId row, Money amount) {
        settled.put(row, amount);
        return true;
    }
}
