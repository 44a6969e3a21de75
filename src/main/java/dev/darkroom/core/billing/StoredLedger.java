package dev.darkroom.core.billing;

import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.usage.UsageCounters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger is the rows. Those of a day are found by the lists of its owners. */
public final class StoredLedger implements Ledger {

    private static final int PAGE = 100;
    private static final int MAX_ATTEMPTS = 5;

    private final GenerationStore store;
    private final OwnerIndex index;
    private final Function<LocalDate, Set<Owner>> owners;

    /** {@code owners} finds those whose requests may have been accepted on a day. */
    public StoredLedger(GenerationStore store, OwnerIndex index, Function<LocalDate, Set<Owner>> owners) {
        this.store = store;
        this.index = index;
        this.owners = owners;
    }

    /** The ledger of the owners of whom a generation of the day was counted, or has ended and may be billed. */
    public static StoredLedger ofCounted(GenerationStore store, OwnerIndex index, UsageCounters usage) {
        return new StoredLedger(store, index, day -> counted(day, usage));
    }

    private static Set<Owner> counted(LocalDate day, UsageCounters usage) {
        return usage.of(day, Optional.empty()).stream()
                .map(entry -> entry.group().owner())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The same, with the owners of all API keys. */
    public static StoredLedger ofAll(GenerationStore store, OwnerIndex index, UsageCounters usage, ApiKeys keys) {
        return new StoredLedger(store, index, day -> {
            var owners = counted(day, usage);
            keys.all().stream().map(ApiKeyRecord::owner).forEach(owners::add);
            return owners;
        });
    }

    @Override
    public Day acceptedOn(LocalDate day, ProviderId provider) {
        var span = new Span(start(day), start(day.plusDays(1)).minusMillis(1));
        var entries = new LinkedHashMap<GenerationId, LedgerEntry>();
        var unconfirmed = new LinkedHashMap<GenerationId, Unconfirmed>();
        for (var owner : owners.apply(day)) {
            var after = Optional.<Entry>empty();
            List<Entry> page;
            do {
                page = index.entries(owner, span, after, PAGE);
                for (var row : rows(page.stream().map(Entry::id).toList())) {
                    priced(row, provider).ifPresent(entry -> entries.put(row.id(), entry));
                    unconfirmed(row, provider).ifPresent(one -> unconfirmed.put(row.id(), one));
                }
                after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
            } while (page.size() == PAGE);
        }
        return new Day(List.copyOf(entries.values()), List.copyOf(unconfirmed.values()));
    }

    private static Optional<LedgerEntry> priced(Generation row, ProviderId provider) {
        return prediction(row)
                .filter(_ -> row.provider().equals(provider) && row.knownCost().isPresent())
                .map(prediction -> new LedgerEntry(row.id(), prediction, row.knownCost()));
    }

    private static Optional<Unconfirmed> unconfirmed(Generation row, ProviderId provider) {
        return row.knownCost()
                .filter(cost -> cost.state() == Cost.State.UNCONFIRMED)
                .filter(_ -> row.state().status().isTerminal())
                .filter(_ -> row.provider().equals(provider) && prediction(row).isEmpty())
                .map(cost -> new Unconfirmed(row.id(), cost));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** With their copies, which are in no list until they are deleted. */
    private List<Generation> rows(List<GenerationId> ids) {
        var rows = index.rows(ids).readable();
        var copies = rows.stream().flatMap(row -> row.copyIds().stream()).toList();
        var all = new ArrayList<>(rows);
        for (int from = 0; from < copies.size(); from += PAGE) {
            all.addAll(index.rows(copies.subList(from, Math.min(from + PAGE, copies.size())))
                    .readable());
        }
        return all;
    }

    @Override
    public Optional<LedgerEntry> find(ProviderId provider, PredictionId prediction) {
        return store.claimedBy(provider, prediction).flatMap(id -> claimed(id, provider, prediction));
    }

    /** A row that is gone was of this gateway as well. One that cannot be read must not end the comparison of others. */
    private Optional<LedgerEntry> claimed(GenerationId id, ProviderId provider, PredictionId prediction) {
        try {
            var row = store.find(id);
            return row.isEmpty() || isOf(row.get(), provider, prediction)
                    ? Optional.of(new LedgerEntry(id, prediction, row.flatMap(Generation::knownCost)))
                    : Optional.empty();
        } catch (UnreadableRowException _) {
            return Optional.empty();
        }
    }

    /** A process may have ended between the claim of a prediction and the write of the row that has it. */
    private static boolean isOf(Generation row, ProviderId provider, PredictionId prediction) {
        boolean hasEndedWithoutOne =
                row.state().status().isTerminal() && prediction(row).isEmpty();
        return row.provider().equals(provider) && (row.hasPrediction(prediction) || hasEndedWithoutOne);
    }

    private static Optional<PredictionId> prediction(Generation row) {
        return switch (row.state()) {
            case State.Processing processing -> Optional.of(processing.predictionId());
            case State.Completed completed -> Optional.of(completed.predictionId());
            case State.Failed failed -> Optional.ofNullable(failed.predictionId());
            case State.Queued _, State.Submitting _, State.Unconfirmed _, State.Cancelled _ -> Optional.empty();
        };
    }

    @Override
    public boolean settle(GenerationId id, Cost expected, Money amount) {
        var row = readable(id);
        for (int attempt = 0;
                attempt < MAX_ATTEMPTS
                        && row.filter(ended -> isStill(ended, expected)).isPresent();
                attempt++) {
            switch (store.update(row.get().billed(amount))) {
                case GenerationStore.Update.Written() -> {
                    return true;
                }
                case GenerationStore.Update.Conflict(var current) -> row = Optional.of(current);
            }
        }
        return false;
    }

    private Optional<Generation> readable(GenerationId id) {
        try {
            return store.find(id);
        } catch (UnreadableRowException _) {
            return Optional.empty();
        }
    }

    private static boolean isStill(Generation row, Cost expected) {
        return row.state().status().isTerminal() && row.knownCost().equals(Optional.of(expected));
    }
}
