package dev.darkroom.core;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;

/** The fake of the gate's store. It passes the same contract suite as the real one. */
public final class InMemorySubmissionGateStore implements SubmissionGateStore {

    private Stored stored = new Stored(SubmissionGate.UNUSED, 0);
    private boolean unavailable;
    private boolean hasHadQueue;
    private int writes;
    private Runnable beforeWrite = () -> {};

    @Override
    public synchronized Stored read() {
        checkAvailable();
        return stored;
    }

    @Override
    public synchronized Write replace(Stored next) {
        beforeWrite();
        return stored.version() == next.version() - 1 ? written(next) : new Write.Refused(stored);
    }

    @Override
    public synchronized Write enqueue(Owner owner, long maxRound, Instant now) {
        beforeWrite();
        var queue = stored.gate().queue();
        boolean hasRoom = !queue.lastRounds().containsKey(owner) || queue.lastRoundOf(owner) < maxRound;
        boolean behindOthers = !queue.isEmpty() && hasRoom;
        return behindOthers
                ? written(stored.followedBy(stored.gate().with(queue.enqueue(owner, now))))
                : new Write.Refused(stored);
    }

    private void beforeWrite() {
        beforeWrite.run();
        checkAvailable();
        writes++;
    }

    private Write written(Stored next) {
        stored = next;
        hasHadQueue |= !next.gate().queue().isEmpty();
        return new Write.Done(next);
    }

    synchronized boolean hasHadQueue() {
        return hasHadQueue;
    }

    /** How many writes were tried so far, including those that were refused. */
    public synchronized int writes() {
        return writes;
    }

    /** The action runs before each write. */
    public synchronized void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    /** Makes every call throw, or ends that. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** Resets the store to a gate that was never written. */
    public synchronized void clear() {
        stored = new Stored(SubmissionGate.UNUSED, 0);
        unavailable = false;
        hasHadQueue = false;
        beforeWrite = () -> {};
    }

    private void checkAvailable() {
        if (unavailable) {
            throw new StoreUnavailableException("the fake is set not to answer", new IllegalStateException());
        }
    }
}
