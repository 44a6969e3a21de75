package dev.darkroom.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.sweep.Sweep;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** One sweep in the time that the invocation has. */
@Singleton
public class SweepRun {

    /**
     * The time that a sweep needs after its window for the longest running step, a submission: seven calls to the table
     * (6 s each), the provider's call (20 s) and the trigger (3 s). The copy of an image takes nearly as long: two calls
     * to the table, and 50 s of {@code FollowUpStep}.
     */
    private static final Duration MAX_STEP = Duration.ofSeconds(65);

    private final Sweep useCase;
    private final SweepConfig config;
    private final InstantSource clock;

    public SweepRun(Sweep useCase, SweepConfig config, InstantSource clock) {
        this.useCase = useCase;
        this.config = config;
        this.clock = clock;
    }

    JsonNode sweep(PollEvent.Sweep event, Context context) {
        var partitions = event.allQueues() ? withQueues(event.partitions()) : event.partitions();
        try {
            var report = useCase.sweep(partitions, event.due(), windowEnd(context));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("steps", report.steps())
                    .put("finished", report.finished())
                    .put("failures", report.failures());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted", e);
        }
    }

    private List<DueIndexPartition> withQueues(List<DueIndexPartition> shards) {
        return Stream.concat(shards.stream(), useCase.queues().stream()).toList();
    }

    private Instant windowEnd(Context context) {
        var now = clock.instant();
        var configured = now.plus(config.window());
        var possible = now.plusMillis(context.getRemainingTimeInMillis()).minus(MAX_STEP);
        return configured.isBefore(possible) ? configured : possible;
    }
}
