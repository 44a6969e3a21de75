package dev.darkroom.simulation;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientCall;
import java.time.Instant;
import java.util.Set;

/** The store of clients' calls, as one process calls it. */
public record RemoteCallStore(CallStore store, Calls calls) implements CallStore {

    @Override
    public CallRecord find(CallKey key) {
        return calls.read("find calls", () -> store.find(key));
    }

    @Override
    public Change add(CallKey key, ClientCall call) {
        return calls.write("add call", () -> store.add(key, call));
    }

    @Override
    public Change addUnlessOwed(CallKey key, ClientCall call) {
        return calls.write("add call unless one is owed", () -> store.addUnlessOwed(key, call));
    }

    @Override
    public Change replace(CallKey key, ClientCall before, ClientCall after) {
        return calls.write("replace call", () -> store.replace(key, before, after));
    }

    @Override
    public Change join(CallKey key, ClientCall call) {
        return calls.write("join call", () -> store.join(key, call));
    }

    @Override
    public Change joinAnyway(CallKey key, GenerationId call) {
        return calls.write("join call anyway", () -> store.joinAnyway(key, call));
    }

    @Override
    public void answer(CallKey key, GenerationId call, Instant at, Set<GenerationId> forgotten) {
        calls.write("answer call", () -> {
            store.answer(key, call, at, forgotten);
            return call;
        });
    }

    @Override
    public void remove(CallKey key, GenerationId call) {
        calls.write("remove call", () -> {
            store.remove(key, call);
            return call;
        });
    }
}
