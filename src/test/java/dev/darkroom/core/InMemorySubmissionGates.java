package dev.darkroom.core;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.SubmissionGates;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The fake of the gates' store. It passes the same contract suite as the real one. */
public final class InMemorySubmissionGates implements SubmissionGates {

    private final Map<ProviderId, InMemorySubmissionGateStore> gates = new ConcurrentHashMap<>();
    private volatile boolean unavailable;

    @Override
    public InMemorySubmissionGateStore of(ProviderId provider) {
        return gates.computeIfAbsent(provider, _ -> new InMemorySubmissionGateStore());
    }

    @Override
    public Set<ProviderId> withQueues() {
        if (unavailable) {
            throw new StoreUnavailableException("the fake is set not to answer", new IllegalStateException());
        }
        return gates.entrySet().stream()
                .filter(gate -> gate.getValue().hasHadQueue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Makes the list of queues throw, or ends that. */
    public void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** Resets all gates. */
    public void clear() {
        gates.values().forEach(InMemorySubmissionGateStore::clear);
        unavailable = false;
    }
}
