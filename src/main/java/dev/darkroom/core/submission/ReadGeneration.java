package dev.darkroom.core.submission;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore;
import java.util.List;
import java.util.Optional;

/** Reads one generation. It never calls the provider. A deleted generation is not found, and a copy never is. */
public final class ReadGeneration {

    private final GenerationStore store;
    private final AdmissionControls admissions;

    public ReadGeneration(GenerationStore store, AdmissionControls admissions) {
        this.store = store;
        this.admissions = admissions;
    }

    /** A generation joined with its copies, and its position if it is queued. */
    public record Reading(Generation generation, Optional<QueuePosition> position, Notices notices) {}

    /** Reads a row of any owner. */
    public Optional<Generation> read(GenerationId id) {
        return store.find(id).filter(row -> !row.isDeleted() && !row.isCopy());
    }

    /** Another owner's row is not found, as if it did not exist. */
    public Optional<Reading> read(GenerationId id, Owner owner) {
        return read(id).filter(row -> row.owner().equals(owner)).map(this::join);
    }

    /** The row as its owner sees it: with the images of its copies. */
    public Reading join(Generation row) {
        var joined = FanIn.forCaller(row, store);
        var position = admissions.of(row.provider()).positionOf(joined.generation());
        return new Reading(joined.generation(), position, notices(joined));
    }

    private static Notices notices(FanIn joined) {
        var failures = joined.failures();
        return failures.stream()
                .findFirst()
                .map(failure -> new Warning(
                        "outputs",
                        "%d of %d requests failed: %s".formatted(failures.size(), joined.size(), failure.text())))
                .map(warning -> new Notices(List.of(warning), Optional.empty()))
                .orElse(Notices.NONE);
    }
}
