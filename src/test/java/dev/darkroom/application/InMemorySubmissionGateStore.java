package dev.darkroom.application;

import dev.darkroom.domain.Owner;
import dev.darkroom.domain.SubmissionGate;
import java.time.Instant;

/** The fake of the gate's store. It passes the contract suite of the real one. */
public final class InMemorySubmissionGateStore implements SubmissionGateStore {

    private Stored stored = new Stored(SubmissionGate.UNUSED, 0);
    private boolean unavailable;
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
        return new Write.Done(next);
    }

    /** How many were asked for so far, those that were refused included. */
    public synchronized int writes() {
        return writes;
    }

    /** Acts before each write. */
    public synchronized void beforeWrite(Runnable action) {
        beforeWrite = action;
    }

    /** From now on, or no longer, every call throws. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** As if it had never been written. */
    public synchronized void clear() {
        stored = new Stored(SubmissionGate.UNUSED, 0);
        unavailable = false;
        beforeWrite = () -> {};
    }

    private void checkAvailable() {
        if (unavailable) {
            throw new StoreUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
    }
}
