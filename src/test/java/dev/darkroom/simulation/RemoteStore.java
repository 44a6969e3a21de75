package dev.darkroom.simulation;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The generations as one process reaches them.
 *
 * @param written is told each version that is written, also when the process is not
 */
public record RemoteStore(GenerationStore store, Calls calls, Consumer<Generation> written) implements GenerationStore {

    @Override
    public Creation create(Generation generation) {
        return calls.write("create", () -> {
            var creation = store.create(generation);
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
    public Optional<GenerationId> holder(PredictionId prediction) {
        return calls.read("holder", () -> store.holder(prediction));
    }

    @Override
    public boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from) {
        return calls.write("take", () -> store.take(prediction, row, from));
    }

    @Override
    public Optional<Generation> find(GenerationId id) {
        return calls.read("find", () -> store.find(id));
    }

    @Override
    public Page due(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
        return calls.read("list due", () -> store.due(shard, from, until, after, limit));
    }

    @Override
    public Page queued(Optional<Cursor> after, int limit) {
        return calls.read("list queued", () -> store.queued(after, limit));
    }
}
