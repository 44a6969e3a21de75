package dev.darkroom.simulation;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.Shard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The generation store, as one process calls it.
 *
 * @param written receives each version that is written, also when the process does not learn of its success
 */
public record RemoteStore(GenerationStore store, Calls calls, Consumer<Generation> written) implements GenerationStore {

    @Override
    public Creation create(Generation generation, List<SpendLimit> limits) {
        return calls.write("create", () -> {
            var creation = store.create(generation, limits);
            if (creation instanceof Creation.Created) {
                written.accept(generation);
            }
            return creation;
        });
    }

    @Override
    public Update update(Generation next) {
        return calls.write("update", () -> {
            var update = store.update(next);
            if (update instanceof Update.Written) {
                written.accept(next);
            }
            return update;
        });
    }

    @Override
    public boolean writeAll(List<Generation> rows) {
        return calls.write("write all", () -> {
            boolean all = store.writeAll(rows);
            if (all) {
                rows.forEach(written);
            }
            return all;
        });
    }

    @Override
    public Optional<GenerationId> claimedBy(ProviderId provider, PredictionId prediction) {
        return calls.read("find claim", () -> store.claimedBy(provider, prediction));
    }

    @Override
    public boolean claimPrediction(PredictionClaim claim, Optional<GenerationId> from) {
        return calls.write("claim prediction", () -> store.claimPrediction(claim, from));
    }

    @Override
    public Optional<Generation> find(GenerationId id) {
        return calls.read("find", () -> store.find(id));
    }

    @Override
    public Page findDue(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
        return calls.read("list due", () -> store.findDue(shard, from, until, after, limit));
    }

    @Override
    public Page findQueued(ProviderId provider, Optional<Cursor> after, int limit) {
        return calls.read("list queued", () -> store.findQueued(provider, after, limit));
    }
}
