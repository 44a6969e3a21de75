package dev.darkroom.simulation;

import dev.darkroom.application.SubmissionGateStore;
import java.util.Optional;

/** The submission gate as one process reaches it. */
public record RemoteGate(SubmissionGateStore store, Calls calls) implements SubmissionGateStore {

    @Override
    public Stored read() {
        return calls.read("read gate", store::read);
    }

    @Override
    public Optional<Stored> replace(Stored next) {
        return calls.write("replace gate", () -> store.replace(next));
    }
}
