package dev.darkroom.core.listing;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Deletes generations of an owner that have ended, with their copies: prompt, metadata, addresses of images and error
 * text. Images that the gateway keeps are deleted by a follow-up, which begins at once; their links are dead before.
 * The row remains for accounting, and so that neither its idempotency key nor its prediction can be used again.
 */
public final class DeleteGenerations {

    /** How many generations can be deleted at once. */
    public static final int MAX_IDS = 100;

    private final GenerationContext context;
    private final GenerationReader reader;

    public DeleteGenerations(GenerationContext context, OwnerIndex index) {
        this.context = context;
        this.reader = new GenerationReader(index, context.listener());
    }

    /** The result of a deletion. */
    public sealed interface Deletion {

        /** {@code count} generations were deleted by this request. */
        record Deleted(int count) implements Deletion {}

        /** These have not ended, or owe something. They were not deleted, because a paid image could be lost. */
        record NotEnded(List<GenerationId> ids) implements Deletion {
            public NotEnded {
                ids = List.copyOf(ids);
            }
        }
    }

    /**
     * Deletes all of these generations or none. Ids of other owners' generations, of deleted ones and of none at all
     * are passed over, without a difference. Throws a {@link StoreUnavailableException} when the store does not
     * answer; the request may then be repeated.
     *
     * @param ids {@link #MAX_IDS} at most
     */
    public Deletion delete(Owner owner, Collection<GenerationId> ids) {
        var own = reader.read(owner, ids.stream().distinct().toList());
        var open = own.stream()
                .filter(generation -> !generation.isDeletable())
                .map(generation -> generation.original().id())
                .toList();
        return open.isEmpty() ? delete(own) : new Deletion.NotEnded(open);
    }

    private Deletion delete(List<FanIn> generations) {
        int count = 0;
        var open = new ArrayList<GenerationId>();
        var owing = new ArrayList<Generation>();
        for (var generation : generations) {
            var left = delete(generation, owing);
            if (left.isEmpty()) {
                count++;
            } else if (!left.get().original().isDeleted()) {
                open.add(generation.original().id());
            }
        }
        context.trigger().triggerForAll(owing);
        return open.isEmpty() ? new Deletion.Deleted(count) : new Deletion.NotEnded(open);
    }

    /**
     * Returns the generation of another writer, if it leaves nothing to delete or must not be deleted any more. {@code
     * owing} receives the rows whose images have to be deleted.
     */
    private Optional<FanIn> delete(FanIn generation, List<Generation> owing) {
        var current = generation;
        while (current.isDeletable()) {
            var deleted = current.deleted(context.now());
            var other = deleted.write(context.store());
            if (other.isEmpty()) {
                context.listener().deleted(current.original().id());
                deleted.rows().filter(Generation::owesFollowUps).forEach(owing::add);
                return Optional.empty();
            }
            current = other.get();
        }
        return Optional.of(current);
    }
}
