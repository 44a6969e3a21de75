package dev.darkroom.core.ratelimit;

import dev.darkroom.core.account.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of submissions: requests wait in rounds, and each waiting owner has one request in each round (fair
 * queueing).
 *
 * @param round of the last request that was dequeued, 0 at first
 * @param lastRounds the last round of each waiting owner, all later than {@code round}
 * @param length how many requests wait. It is too large after a process died between reserving a round and storing its
 *     request, until a later round is dequeued
 * @param lastQueuedAt when a request was last enqueued; null when the index is known to show all waiting requests
 */
public record FairQueue(
        long round,
        Map<Owner, Long> lastRounds,
        int length,
        @Nullable Instant lastQueuedAt) {

    public static final FairQueue EMPTY = new FairQueue(0, Map.of(), 0, null);

    /** How late the index may show a request that was enqueued. */
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

    /** The last round that the limits allow: an owner with a request in it has as many waiting as is allowed. */
    public long maxRound(RateLimits limits) {
        return round + limits.queuedPerOwner();
    }

    /** The last round in which a request of the owner waits; the current one when none does. */
    public long lastRoundOf(Owner owner) {
        return lastRounds.getOrDefault(owner, round);
    }

    /** Adds a request of the owner, in the round after {@link #lastRoundOf}. */
    public FairQueue enqueue(Owner owner, Instant now) {
        var rounds = new HashMap<>(lastRounds);
        rounds.put(owner, lastRoundOf(owner) + 1);
        return new FairQueue(round, rounds, length + 1, now);
    }

    /** Puts a dequeued request back into the round that it had. */
    public FairQueue requeue(Instant now) {
        return new FairQueue(round, lastRounds, length + 1, now);
    }

    /** Removes the request in this round, because it no longer needs a submission. */
    public FairQueue dequeue(long dequeued) {
        return length <= 1
                ? new FairQueue(Math.max(dequeued, lastRound()), Map.of(), 0, lastQueuedAt)
                : after(dequeued, last -> last.getValue() > Math.max(round, dequeued), length - 1);
    }

    /**
     * Removes the owner's request in this round, which is submitted next.
     *
     * @param others how many more requests are known to wait. If no owner has a request in a later round, these are all
     *     that wait, whatever {@code length} says
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

    /**
     * Removes the owner's request in this round. If it was the owner's last request, the next one gets this round. If
     * not, the owner's later requests keep their rounds.
     */
    public FairQueue cancelRound(Owner owner, long cancelled) {
        var rounds = new HashMap<>(lastRounds);
        rounds.replace(owner, cancelled, cancelled - 1);
        return new FairQueue(round, rounds, length, lastQueuedAt).dequeue(round);
    }

    /**
     * Corrects the rounds that have not changed since {@code before}: the index shows their requests by now, so a round
     * counts only if a request waits in it.
     *
     * @param waiting the last round of each owner with a waiting request
     */
    public FairQueue recount(FairQueue before, Map<Owner, Long> waiting) {
        var rounds = new HashMap<>(lastRounds);
        rounds.replaceAll(
                (owner, last) -> last.equals(before.lastRounds.get(owner)) ? waiting.getOrDefault(owner, -1L) : last);
        rounds.values().removeIf(last -> last < round);
        return rounds.equals(lastRounds) ? this : new FairQueue(round, rounds, length, lastQueuedAt);
    }

    /** The index shows no queued request: the queue is empty unless a request was enqueued a moment ago. */
    public FairQueue drained(Instant now) {
        return lastQueuedAt == null || now.isBefore(lastQueuedAt.plus(INDEX_LAG))
                ? this
                : new FairQueue(lastRound(), Map.of(), 0, null);
    }

    /** How many requests are submitted before the owner's request in this round. */
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
