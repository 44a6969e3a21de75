package dev.darkroom.core.listing;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the generations of an owner, newest first. A page without a filter is one query and one batch read, and a query
 * more for its number. With a filter, a request reads about 1,000 rows at most, and its page may then have fewer
 * generations than were asked for.
 */
public final class ListGenerations {

    /** How many generations a page has at most. */
    public static final int MAX_PAGE_SIZE = 100;

    /** How far page numbers reach: the number of a page times its size. All entries before a page are counted. */
    public static final int MAX_REACH = 100_000;

    private final OwnerIndex index;
    private final GenerationListener listener;

    public ListGenerations(OwnerIndex index, GenerationListener listener) {
        this.index = index;
        this.listener = listener;
    }

    /**
     * Which page of which list.
     *
     * @param size from 1 to {@link #MAX_PAGE_SIZE}
     * @param withInputs whether the answer will have the inputs, which count towards its size
     */
    public record Query(Owner owner, Filter filter, Start start, int size, boolean withInputs) {
        public Query {
            if (size < 1 || size > MAX_PAGE_SIZE) {
                throw new IllegalArgumentException("a page has 1 to %d generations".formatted(MAX_PAGE_SIZE));
            }
        }
    }

    /**
     * Which generations are listed. All conditions have to be met.
     *
     * @param model empty for any
     * @param statuses those that are listed
     * @param metadata the pairs that a generation must have; it may have others
     */
    public record Filter(Optional<ModelId> model, Set<Status> statuses, Metadata metadata, Span span) {

        public static final Filter NONE =
                new Filter(Optional.empty(), EnumSet.allOf(Status.class), Metadata.NONE, Span.ALL);

        public Filter {
            statuses = Set.copyOf(statuses);
        }

        /** Whether no row can meet the conditions. */
        boolean isImpossible() {
            return span.isEmpty() || statuses.isEmpty();
        }

        /** Whether a row has to be read to know if it meets the conditions. */
        boolean dependsOnRows() {
            return model.isPresent()
                    || statuses.size() < Status.values().length
                    || !metadata.pairs().isEmpty();
        }

        boolean matches(Generation row) {
            return model.filter(wanted -> !wanted.equals(row.request().model())).isEmpty()
                    && statuses.contains(row.state().status())
                    && row.request().metadata().contains(metadata);
        }
    }

    /** Where a page begins. */
    public sealed interface Start {

        /** A page by its number, 1 for the first. It moves back in the list with every row that is added. */
        record Numbered(int number) implements Start {
            public Numbered {
                if (number < 1) {
                    throw new IllegalArgumentException("the first page has the number 1");
                }
            }
        }

        /** After an entry, or at the newest; it stays where it is while rows are added. */
        record After(Optional<Entry> last) implements Start {}
    }

    /** The result of a query. */
    public sealed interface Listing {

        /**
         * A page.
         *
         * @param next after which entry the list goes on; empty at its end. It may go on after a page without rows
         */
        record Page(List<Generation> rows, Optional<Entry> next) implements Listing {
            public Page {
                rows = List.copyOf(rows);
            }
        }

        /** The numbered page lies beyond what one request reads. */
        record TooFar() implements Listing {}

        /** The numbered page is too large for one answer; {@code fitting} of its generations are not. */
        record TooLarge(int fitting) implements Listing {}
    }

    /** Throws a {@link StoreUnavailableException} when the store does not answer. */
    public Listing list(Query query) {
        if (query.filter().isImpossible()) {
            return new Listing.Page(List.of(), Optional.empty());
        }
        return query.start() instanceof Start.Numbered(var number) && (long) number * query.size() > MAX_REACH
                ? new Listing.TooFar()
                : new PageReader(index, listener, query).read();
    }
}
