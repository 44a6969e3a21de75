package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.Sweep;
import dev.darkroom.domain.Shard;
import dev.darkroom.dynamodb.TableConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A sweep of {@code {"shards": […]}}, or one step of {@code {"id": "…"}}. */
@Named("poll-generations")
@ApplicationScoped
public class PollGenerationsHandler implements RequestHandler<JsonNode, JsonNode> {

    /**
     * What a sweep needs after its window for the longest step under way: a submission, that is seven calls of the table (6 s
     * each), the provider's (20 s) and the kick (3 s).
     */
    private static final Duration AFTERMATH = Duration.ofSeconds(65);

    private final SingleRow singleRow;
    private final Sweep sweepUseCase;
    private final SweepConfig sweepConfig;
    private final TableConfig tableConfig;
    private final TaskGuard guard;
    private final InstantSource clock;

    PollGenerationsHandler(
            SingleRow singleRow,
            Sweep sweepUseCase,
            SweepConfig sweepConfig,
            TableConfig tableConfig,
            TaskGuard guard,
            InstantSource clock) {
        this.singleRow = singleRow;
        this.sweepUseCase = sweepUseCase;
        this.sweepConfig = sweepConfig;
        this.tableConfig = tableConfig;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return guard.run(context, () -> switch (PollEvent.of(event, tableConfig.shards())) {
            case PollEvent.OneRow(var id) -> singleRow.advance(id);
            case PollEvent.Sweep(var shards, var due) -> sweep(shards, due, windowEnd(context));
        });
    }

    private JsonNode sweep(List<Shard> shards, List<DueRow> due, Instant windowEnd) {
        try {
            var report = sweepUseCase.sweep(shards, due, windowEnd);
            return Json.object()
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
        var possible = now.plusMillis(context.getRemainingTimeInMillis()).minus(AFTERMATH);
        return configured.isBefore(possible) ? configured : possible;
    }
}
