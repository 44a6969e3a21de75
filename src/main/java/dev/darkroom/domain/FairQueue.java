package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is submitted next: requests wait in rounds, and in each round every owner who waits has one (fair queueing, by request).
 *
 * @param round of the last request that was dequeued, 0 at first
 * @param lastRounds the last rounds of the owners who wait, all later than {@code round}
 * @param length how many requests wait; too many when a process died between taking a round and storing its request, until
 *     a later round is dequeued
 * @param lastQueuedAt when a request was last enqueued; null when the index is known to show all that wait
 */
public record FairQueue(
        long round,
        Map<Owner, Long> lastRounds,
        int length,
        @Nullable Instant lastQueuedAt) {

    public static final FairQueue EMPTY = new FairQueue(0, Map.of(), 0, null);

    /** The index may not show yet what was enqueued within so long. */
    private static final Duration INDEX_LAG = Duration.ofSeconds(5);

    public FairQueue {
        lastRounds = Map.copyOf(lastRounds);
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public boolean isFull(Owner owner, RateLimits limits) {
        return lastRoundOf(owner) >= maxRound(limits);
    }

    /** The last round in which a request of an owner may wait. */
    public long maxRound(RateLimits limits) {
        return round + limits.queuedPerOwner();
    }

    /** The last round in which a request of the owner waits; the current one when none does. */
    public long lastRoundOf(Owner owner) {
        return lastRounds.getOrDefault(owner, round);
    }

    /** Another request of the owner waits, in the round after {@link #lastRoundOf} him. The table does the same in an update. */
    public FairQueue enqueue(Owner owner, Instant now) {
        var rounds = new HashMap<>(lastRounds);
        rounds.put(owner, lastRoundOf(owner) + 1);
        return new FairQueue(round, rounds, length + 1, now);
    }

    /** A request that was dequeued waits again, in the round that it had. */
    public FairQueue requeue(Instant now) {
        return new FairQueue(round, lastRounds, length + 1, now);
    }

    /** The request in this round needs no submission any more. */
    public FairQueue dequeue(long dequeued) {
        return length <= 1
                ? new FairQueue(Math.max(dequeued, lastRound()), Map.of(), 0, lastQueuedAt)
                : after(dequeued, last -> last.getValue() > Math.max(round, dequeued), length - 1);
    }

    /**
     * The owner's request in this round, the next one of those that wait, is submitted.
     *
     * @param others how many more are known to wait; nothing else does when no later round was taken, whatever was counted
     */
    public FairQueue dequeue(Owner owner, long dequeued, int others) {
        long next = Math.max(round, dequeued);
        return after(
                dequeued,
                last -> last.getValue() > next
                        || (last.getValue() == next && !last.getKey().equals(owner)),
                others);
    }

    private FairQueue after(long dequeued, Predicate<Map.Entry<Owner, Long>> waits, int others) {
        var rounds = lastRounds.entrySet().stream()
                .filter(waits)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        int uncertain = rounds.isEmpty() ? 0 : Math.max(1, length - 1);
        return new FairQueue(Math.max(round, dequeued), rounds, Math.max(others, uncertain), lastQueuedAt);
    }

    /** The request that took this round is stored already, so the round is the next request's. */
    public FairQueue cancel(Owner owner, long taken) {
        var rounds = new HashMap<>(lastRounds);
        rounds.replace(owner, taken, taken - 1);
        return new FairQueue(round, rounds, length, lastQueuedAt).dequeue(round);
    }

    /**
     * Of the rounds that were taken {@code before}, so long ago that the index shows their requests, only those count in which
     * one waits.
     *
     * @param waiting the last round of each owner of a request that waits
     */
    public FairQueue recount(FairQueue before, Map<Owner, Long> waiting) {
        var rounds = new HashMap<>(lastRounds);
        rounds.replaceAll(
                (owner, last) -> last.equals(before.lastRounds.get(owner)) ? waiting.getOrDefault(owner, -1L) : last);
        rounds.values().removeIf(last -> last < round);
        return rounds.equals(lastRounds) ? this : new FairQueue(round, rounds, length, lastQueuedAt);
    }

    /** The index shows no request: none waits, unless one was enqueued a moment ago. */
    public FairQueue drained(Instant now) {
        return lastQueuedAt == null || now.isBefore(lastQueuedAt.plus(INDEX_LAG))
                ? this
                : new FairQueue(lastRound(), Map.of(), 0, null);
    }

    /** How many requests are submitted before the owner's in this round. */
    public long ahead(Owner owner, long theirs) {
        long others = lastRounds.entrySet().stream()
                .filter(other -> !other.getKey().equals(owner))
                .mapToLong(other -> Math.max(0, Math.min(other.getValue(), theirs) - round))
                .sum();
        return Math.max(0, theirs - round - 1) + others;
    }

    private long lastRound() {
        return lastRounds.values().stream().mapToLong(last -> last).reduce(round, Math::max);
    }
}
