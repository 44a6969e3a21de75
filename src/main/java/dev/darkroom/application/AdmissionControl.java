package dev.darkroom.application;

import dev.darkroom.application.BudgetStore.Stored;
import dev.darkroom.domain.Admission;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.QueuePlace;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which request may be submitted when. Nothing is written as long as there is nothing to count: no limit, nobody who
 * waits and no refusal. Each method throws {@link StoreUnavailableException} when the store does not answer.
 */
public final class AdmissionControl {

    /** A budget that was read so long ago says nothing about now; one that is a little old only means a refused write. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** The provider has, or may have, what is looked at so soon; the rest has run, or is searched for, since long. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(150);

    private final BudgetStore store;
    private final GenerationStore rows;
    private final GenerationEvents events;
    private final RateLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stored seen;
    private Instant seenAt = Instant.MIN;

    public AdmissionControl(
            BudgetStore store, GenerationStore rows, GenerationEvents events, RateLimits limits, InstantSource clock) {
        this.store = store;
        this.rows = rows;
        this.events = events;
        this.limits = limits;
        this.clock = clock;
    }

    /** A new request for so many images. */
    Admission admit(Owner owner, int images) {
        return decide(budget -> budget.admit(owner, images, clock.instant(), limits));
    }

    /** The request whose turn is the earliest. When too many seem to be in flight they are counted. */
    Admission take(long turn, int images) {
        var now = clock.instant();
        if (current().budget().isToBeCounted(now, limits)) {
            int inFlight = rows.countDue(now.plus(IN_FLIGHT));
            change(budget -> budget.isToBeCounted(now, limits) ? budget.counted(inFlight, now) : budget);
        }
        return decide(budget -> budget.take(turn, images, clock.instant(), limits));
    }

    /**
     * The provider refused what was submitted at {@code sentAt}.
     *
     * @param turn in which it was, {@link Budget#NO_TURN} if it was submitted at once
     * @return the turn in which it is submitted again
     */
    long refused(Owner owner, long turn, @Nullable Duration retryAfter, Instant sentAt) {
        var queued = settle(budget -> {
            var decided = budget.refused(owner, turn, retryAfter, sentAt, clock.instant());
            return new Change<>(decided, decided.after());
        });
        events.providerPaused(
                Duration.between(clock.instant(), queued.after().pause().until()));
        return queued.turn();
    }

    /** The provider wants to be asked less. */
    void slowDown(Duration retryAfter) {
        change(budget -> budget.slowedDown(retryAfter, clock.instant()));
    }

    /** The provider said what becomes of what was submitted at {@code sentAt}. */
    void accepted(Instant sentAt) {
        change(budget -> budget.accepted(sentAt));
    }

    /** The provider did not say what becomes of what was submitted at {@code sentAt}. */
    void unclear(Instant sentAt) {
        change(budget -> budget.unclear(sentAt, clock.instant()));
    }

    /** What was admitted at once is not submitted, because it was before. */
    void handBack(int images) {
        change(budget -> budget.handedBack(images, limits));
    }

    /** What was to wait does so already, under another turn. */
    void turnBack(Owner owner, long turn) {
        change(budget -> budget.turnedBack(owner, turn));
    }

    /** Nobody who waits is to be seen; false when somebody may come into sight. */
    boolean isEmptied() {
        return change(budget -> budget.emptied(clock.instant())).queuedAt() == null;
    }

    /** Where a row waits; empty when it does not, or nobody knows at the moment: it never throws. */
    public Optional<QueuePlace> placeOf(Generation row) {
        return row.state() instanceof State.Accepted(var turn, var _)
                ? place(row.caller().owner(), turn)
                : Optional.empty();
    }

    private Optional<QueuePlace> place(Owner owner, long turn) {
        try {
            return Optional.of(current().budget().place(owner, turn, clock.instant(), limits));
        } catch (StoreUnavailableException _) {
            // The row is stored, and its id is worth more than its place.
            return Optional.empty();
        }
    }

    private Admission decide(Function<Budget, Admission> admission) {
        return settle(budget -> {
            var decided = admission.apply(budget);
            return new Change<>(decided, decided.left().orElse(budget));
        });
    }

    private Budget change(UnaryOperator<Budget> change) {
        return settle(budget -> {
            var after = change.apply(budget);
            return new Change<>(after, after);
        });
    }

    private record Change<T>(T result, Budget after) {}

    /** Whoever is second decides again, by what the first has left; somebody is always first. */
    private <T> T settle(Function<Budget, Change<T>> decision) {
        lock.lock();
        try {
            var stored = current();
            while (true) {
                var change = decision.apply(stored.budget());
                if (change.after().equals(stored.budget())) {
                    return change.result();
                }
                var next = stored.followedBy(change.after());
                var other = store.replace(next);
                stored = seen(other.orElse(next));
                if (other.isEmpty()) {
                    return change.result();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Stored current() {
        lock.lock();
        try {
            return seen != null && clock.instant().isBefore(seenAt.plus(FRESH)) ? seen : seen(store.read());
        } finally {
            lock.unlock();
        }
    }

    private Stored seen(Stored stored) {
        seen = stored;
        seenAt = clock.instant();
        return stored;
    }
}
