package dev.darkroom.application;

import dev.darkroom.domain.SubmissionGate;
import java.util.Optional;

/** The fake of the gate's store. It passes the contract suite of the real one. */
public final class InMemorySubmissionGateStore implements SubmissionGateStore {

    private Stored stored = new Stored(SubmissionGate.UNUSED, 0);
    private boolean unavailable;
    private Runnable beforeReplace = () -> {};

    @Override
    public synchronized Stored read() {
        checkAvailable();
        return stored;
    }

    @Override
    public synchronized Optional<Stored> replace(Stored next) {
        beforeReplace.run();
        checkAvailable();
        if (stored.version() != next.version() - 1) {
            return Optional.of(stored);
        }
        stored = next;
        return Optional.empty();
    }

    /** Acts before each write. */
    public synchronized void beforeReplace(Runnable action) {
        beforeReplace = action;
    }

    /** From now on, or no longer, every call throws. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** As if it had never been written. */
    public synchronized void clear() {
        stored = new Stored(SubmissionGate.UNUSED, 0);
        unavailable = false;
        beforeReplace = () -> {};
    }

    private void checkAvailable() {
        if (unavailable) {
            throw new StoreUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
    }
}
