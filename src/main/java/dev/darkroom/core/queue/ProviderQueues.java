package dev.darkroom.core.queue;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.SubmissionGates;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.sweep.Queues;
import dev.darkroom.core.sweep.StepSource;
import dev.darkroom.core.sweep.SweepContext;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The queues of the wired providers, and of those that are not wired any more: their queued rows still have to end.
 */
public final class ProviderQueues implements Queues {

    private final SubmissionGates gates;
    private final Set<ProviderId> wired;
    private final Function<ProviderId, QueueSteps> steps;
    private final SweepContext context;

    public ProviderQueues(
            SubmissionGates gates,
            Collection<ProviderId> wired,
            Function<ProviderId, QueueSteps> steps,
            SweepContext context) {
        this.gates = gates;
        this.wired = Set.copyOf(wired);
        this.steps = steps;
        this.context = context;
    }

    @Override
    public List<Queue> all() {
        return Stream.concat(wired.stream(), withQueues().stream())
                .distinct()
                .map(Queue::new)
                .toList();
    }

    /**
     * While the store does not answer, only the queues of wired providers are known. Their sweeps wait for the store.
     */
    private Set<ProviderId> withQueues() {
        try {
            return gates.withQueues();
        } catch (StoreUnavailableException _) {
            return Set.of();
        }
    }

    @Override
    public StepSource<?> source(ProviderId provider) {
        return new QueueSweep(provider, steps.apply(provider), context);
    }
}
