package dev.darkroom.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.sweep.Sweep;
import dev.darkroom.dynamodb.TableConfig;
import dev.darkroom.workflow.WorkflowErrorBoundary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** A sweep of {@code {"shards": […], "queues": […]}}, or one step of {@code {"id": "…"}}. */
@Named("poll-generations")
@ApplicationScoped
public class PollGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    /**
     * The time that a sweep needs after its window for the longest running step, a submission: seven calls to the table
     * (6 s each), the provider's call (20 s) and the trigger (3 s). The copy of an image takes nearly as long: two calls
     * to the table, and 50 s of {@code FollowUpStep}.
     */
    private static final Duration MAX_STEP = Duration.ofSeconds(65);

    private final SingleRow singleRow;
    private final Sweep sweepUseCase;
    private final SweepConfig sweepConfig;
    private final TableConfig tableConfig;
    private final WorkflowErrorBoundary boundary;
    private final InstantSource clock;

    public PollGenerationsHandler(
            SingleRow singleRow,
            Sweep sweepUseCase,
            SweepConfig sweepConfig,
            TableConfig tableConfig,
            WorkflowErrorBoundary boundary,
            InstantSource clock) {
        this.singleRow = singleRow;
        this.sweepUseCase = sweepUseCase;
        this.sweepConfig = sweepConfig;
        this.tableConfig = tableConfig;
        this.boundary = boundary;
        this.clock = clock;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return boundary.run(context, () -> switch (PollEvent.of(event, tableConfig.shards())) {
            case PollEvent.OneRow(var id) -> singleRow.advance(id);
            case PollEvent.Sweep(var partitions, var allQueues, var due) ->
                sweep(allQueues ? withQueues(partitions) : partitions, due, windowEnd(context));
        });
    }

    private List<DueIndexPartition> withQueues(List<DueIndexPartition> shards) {
        return Stream.concat(shards.stream(), sweepUseCase.queues().stream()).toList();
    }

    private JsonNode sweep(List<DueIndexPartition> partitions, List<DueRow> due, Instant windowEnd) {
        try {
            var report = sweepUseCase.sweep(partitions, due, windowEnd);
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

    private Instant windowEnd(Context context) {
        var now = clock.instant();
        var configured = now.plus(sweepConfig.window());
        var possible = now.plusMillis(context.getRemainingTimeInMillis()).minus(MAX_STEP);
        return configured.isBefore(possible) ? configured : possible;
    }
}
