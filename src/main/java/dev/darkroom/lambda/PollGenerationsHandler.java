package dev.darkroom.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.application.AdvanceGeneration;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.application.SweepShards;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.dynamodb.TableConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** A sweep of {@code {"shards": […]}}, or one step of {@code {"id": "…"}}. */
@Named("poll-generations")
@ApplicationScoped
public class PollGenerationsHandler implements RequestHandler<PollEvent, JsonNode> {

    /** What a sweep needs after its window for a submission under way: one call of the provider, four of the table. */
    private static final Duration AFTERMATH = Duration.ofSeconds(40);

    private final ReadGeneration readGeneration;
    private final AdvanceGeneration advanceGeneration;
    private final SweepShards sweepShards;
    private final SweepConfig sweepConfig;
    private final TableConfig tableConfig;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    PollGenerationsHandler(
            ReadGeneration readGeneration,
            AdvanceGeneration advanceGeneration,
            SweepShards sweepShards,
            SweepConfig sweepConfig,
            TableConfig tableConfig,
            ObjectMapper mapper,
            InstantSource clock) {
        this.readGeneration = readGeneration;
        this.advanceGeneration = advanceGeneration;
        this.sweepShards = sweepShards;
        this.sweepConfig = sweepConfig;
        this.tableConfig = tableConfig;
        this.mapper = mapper;
        this.clock = clock;
    }

    @Override
    public JsonNode handleRequest(PollEvent event, Context context) {
        MDC.put("requestId", context.getAwsRequestId());
        try {
            return event.id() == null
                    ? sweep(shards(event.shards()), due(event.due()), windowEnd(context))
                    : advance(event.id());
        } finally {
            MDC.clear();
        }
    }

    private JsonNode sweep(List<Shard> shards, List<DueRow> due, Instant windowEnd) {
        try {
            return mapper.valueToTree(Swept.of(sweepShards.sweep(shards, due, windowEnd)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted", e);
        }
    }

    private JsonNode advance(String idText) {
        var id = id(idText);
        Generation row = readGeneration.read(id).orElseThrow(GenerationNotFoundException::new);
        var advanced = advanceGeneration.advance(row);
        if (advanced.nextLook().isPresent()) {
            throw new GenerationNotFinishedException();
        }
        return mapper.valueToTree(GenerationView.of(advanced.generation(), PublicAddress.resultPath(id)));
    }

    private List<Shard> shards(@Nullable List<Integer> numbers) {
        int count = tableConfig.shards();
        if (numbers == null || numbers.isEmpty()) {
            return Shard.all(count);
        }
        if (numbers.stream().anyMatch(number -> number == null || number < 0 || number >= count)) {
            throw new InvalidEventException("shards must be numbers from 0 to " + (count - 1));
        }
        return numbers.stream().distinct().map(Shard::new).toList();
    }

    private static List<DueRow> due(@Nullable List<PollEvent.Due> rows) {
        return rows == null
                ? List.of()
                : rows.stream()
                        .map(row -> new DueRow(id(row.id()), Instant.ofEpochMilli(row.at())))
                        .toList();
    }

    private static GenerationId id(@Nullable String text) {
        return Optional.ofNullable(text)
                .flatMap(GenerationId::parse)
                .orElseThrow(() -> new InvalidEventException("id must be 32 lower-case hexadecimal digits"));
    }

    private Instant windowEnd(Context context) {
        var now = clock.instant();
        var configured = now.plus(sweepConfig.window());
        var possible = now.plusMillis(context.getRemainingTimeInMillis()).minus(AFTERMATH);
        return configured.isBefore(possible) ? configured : possible;
    }
}
