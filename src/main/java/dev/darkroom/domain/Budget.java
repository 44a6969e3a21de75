package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be submitted to the provider, and who is next: one for the whole gateway. Requests over the budget wait in rounds;
 * in each round every owner who waits has one turn (fair queueing, by request).
 *
 * @param nextImageAt from then on another image fits into the rate (generic cell rate algorithm)
 * @param inFlight predictions that are not finished, at most; counted anew when it reaches the limit
 * @param sharesAt when somebody was last admitted under a limit of predictions, or they were counted
 * @param pause whether the provider wants to be left alone
 * @param round of the last turn that was taken, 0 at first
 * @param lastTurns the last turns of the owners who wait, all later than {@code round}
 * @param waiting how many have a turn that was not taken; too many when somebody got one and died before he was stored
 * @param queuedAt when somebody was last made to wait; null when nobody does
 */
public record Budget(
        Instant nextImageAt,
        int inFlight,
        Instant sharesAt,
        Pause pause,
        long round,
        Map<Owner, Long> lastTurns,
        int waiting,
        @Nullable Instant queuedAt) {

    /** Of who has none yet, and so before all others. */
    public static final long NO_TURN = 0;

    public static final Budget UNUSED = new Budget(Instant.EPOCH, 0, Instant.EPOCH, Pause.NONE, 0, Map.of(), 0, null);

    /** A sweep that is late by so much makes up for it. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    /** What a second allows may be used at once. */
    private static final Duration BURST = Duration.ofSeconds(1);

    private static final Duration COUNT_AGAIN = Duration.ofSeconds(1);

    /** The index may not show yet who was made to wait within so long. */
    private static final Duration INDEX_LAG = Duration.ofSeconds(5);

    public Budget {
        lastTurns = Map.copyOf(lastTurns);
    }

    /** A new request for so many images. */
    public Admission admit(Owner owner, int images, Instant now, RateLimits limits) {
        if (queuedAt == null && !now.isBefore(opensAt(limits)) && !isFull(limits)) {
            return new Admission.Now(
                    spent(images, later(nextImageAt, now), now, limits).with(pause.probed(now)));
        }
        return lastTurns.getOrDefault(owner, round) - round >= limits.queuedPerOwner()
                ? new Admission.QueueFull(untilTheNextRound(now, limits))
                : queued(owner, now);
    }

    private Admission.Queued queued(Owner owner, Instant now) {
        long turn = lastTurns.getOrDefault(owner, round) + 1;
        var turns = new HashMap<>(lastTurns);
        turns.put(owner, turn);
        return new Admission.Queued(
                new Budget(nextImageAt, inFlight, sharesAt, pause, round, turns, waiting + 1, now), turn);
    }

    /** The request that was to wait is stored already, so it needs no turn: it is the next one's. */
    public Budget turnedBack(Owner owner, long turn) {
        var turns = new HashMap<>(lastTurns);
        turns.replace(owner, turn, turn - 1);
        return new Budget(nextImageAt, inFlight, sharesAt, pause, round, turns, waiting, queuedAt).oneLess(round);
    }

    /** The request whose turn is the earliest of those that wait. After a refusal one goes alone, to see whether it may. */
    public Admission take(long turn, int images, Instant now, RateLimits limits) {
        var opensAt = opensAt(limits);
        if (now.isBefore(opensAt)) {
            return new Admission.NotBefore(opensAt);
        }
        if (isFull(limits)) {
            return new Admission.NotBefore(now.plus(COUNT_AGAIN));
        }
        var spent = spent(images, later(nextImageAt, now.minus(CATCH_UP)), now, limits);
        var taken = spent.with(pause.probed(now));
        return new Admission.Now(turn == NO_TURN ? taken : taken.oneLess(Math.max(round, turn)));
    }

    /** The request that was admitted at once was submitted before: its share is free again. */
    public Budget handedBack(int images, RateLimits limits) {
        var from = limits.interval().map(interval -> nextImageAt.minus(interval.multipliedBy(images)));
        int others = limits.predictionsInFlight().isPresent() ? Math.max(0, inFlight - 1) : inFlight;
        return new Budget(from.orElse(nextImageAt), others, sharesAt, pause, round, lastTurns, waiting, queuedAt);
    }

    /**
     * The provider refused what was submitted at {@code sentAt}, so that everybody waits. Who was submitted at once gets a turn,
     * however many of his wait already.
     */
    public Admission.Queued refused(
            Owner owner, long turn, @Nullable Duration retryAfter, Instant sentAt, Instant now) {
        var paused = with(pause.refused(retryAfter, sentAt, now));
        return turn == NO_TURN
                ? paused.queued(owner, now)
                : new Admission.Queued(
                        new Budget(nextImageAt, inFlight, sharesAt, paused.pause(), round, lastTurns, waiting + 1, now),
                        turn);
    }

    /** It is not known whether the provider took what was submitted at {@code sentAt}. */
    public Budget unclear(Instant sentAt, Instant now) {
        return with(pause.unclear(sentAt, now));
    }

    /** The provider wants to be left alone for so long. */
    public Budget slowedDown(Duration retryAfter, Instant now) {
        return with(pause.slowedDown(retryAfter, now));
    }

    /** The provider said what becomes of what was submitted at {@code sentAt}. */
    public Budget accepted(Instant sentAt) {
        return with(pause.accepted(sentAt));
    }

    /** The index shows nobody who waits. */
    public Budget emptied(Instant now) {
        return queuedAt == null || now.isBefore(queuedAt.plus(INDEX_LAG))
                ? this
                : new Budget(nextImageAt, inFlight, sharesAt, pause, lastTurn(), Map.of(), 0, null);
    }

    /** Whether it has to be counted how many predictions are in flight, and can: those admitted last are in the index. */
    public boolean isToBeCounted(Instant now, RateLimits limits) {
        return isFull(limits) && !now.isBefore(sharesAt.plus(INDEX_LAG));
    }

    /** So many predictions are not finished. */
    public Budget counted(int predictions, Instant now) {
        return new Budget(nextImageAt, predictions, now, pause, round, lastTurns, waiting, queuedAt);
    }

    /** Whether no more predictions may be in flight, as far as is known. */
    private boolean isFull(RateLimits limits) {
        return limits.predictionsInFlight().filter(most -> inFlight >= most).isPresent();
    }

    /** Where a request with this turn waits. */
    public QueuePlace place(Owner owner, long turn, Instant now, RateLimits limits) {
        long others = lastTurns.entrySet().stream()
                .filter(other -> !other.getKey().equals(owner))
                .mapToLong(other -> Math.max(0, Math.min(other.getValue(), turn) - round))
                .sum();
        long before = Math.max(0, turn - round - 1) + others;
        var opensAt = later(opensAt(limits), now);
        return new QueuePlace(
                before + 1, limits.interval().map(interval -> opensAt.plus(interval.multipliedBy(before))));
    }

    private Instant opensAt(RateLimits limits) {
        var tolerance = limits.interval().map(BURST::minus).filter(Duration::isPositive);
        return later(pause.until(), nextImageAt.minus(tolerance.orElse(Duration.ZERO)));
    }

    private Duration untilTheNextRound(Instant now, RateLimits limits) {
        var opens = Duration.between(now, later(opensAt(limits), now.plus(BURST)));
        return limits.interval()
                .map(interval -> opens.plus(interval.multipliedBy(lastTurns.size())))
                .orElse(opens);
    }

    private Budget spent(int images, Instant from, Instant now, RateLimits limits) {
        boolean counts = limits.predictionsInFlight().isPresent();
        return new Budget(
                limits.interval()
                        .map(interval -> from.plus(interval.multipliedBy(images)))
                        .orElse(nextImageAt),
                counts ? inFlight + 1 : inFlight,
                counts ? now : sharesAt,
                pause,
                round,
                lastTurns,
                waiting,
                queuedAt);
    }

    private Budget with(Pause next) {
        return new Budget(nextImageAt, inFlight, sharesAt, next, round, lastTurns, waiting, queuedAt);
    }

    /** A turn was taken, or is not needed. With the last one nobody waits any more. */
    private Budget oneLess(long next) {
        if (waiting <= 1) {
            return new Budget(nextImageAt, inFlight, sharesAt, pause, Math.max(next, lastTurn()), Map.of(), 0, null);
        }
        var turns = lastTurns.entrySet().stream()
                .filter(last -> last.getValue() > next)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Budget(nextImageAt, inFlight, sharesAt, pause, next, turns, waiting - 1, queuedAt);
    }

    private long lastTurn() {
        return lastTurns.values().stream().mapToLong(turn -> turn).reduce(round, Math::max);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
