package dev.darkroom.simulation;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import java.time.Instant;

/** The store of the submission gate, as one process calls it. */
public record RemoteGate(SubmissionGateStore store, Calls calls) implements SubmissionGateStore {

    @Override
    public Stored read() {
        return calls.read("read gate", store::read);
    }

    @Override
    public Write replace(Stored next) {
        return calls.write("replace gate", () -> store.replace(next));
    }

    @Override
    public Write enqueue(Owner owner, long maxRound, Instant now) {
        return calls.write("enqueue", () -> store.enqueue(owner, maxRound, now));
    }
}
