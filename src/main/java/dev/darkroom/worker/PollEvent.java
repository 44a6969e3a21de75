package dev.darkroom.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.errors.InvalidEventException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What starts {@code poll-generations}: one row to advance, shards to sweep, or a bill to compare. */
sealed interface PollEvent {

    /** Advance one row: {@code {"id": "…"}}. */
    record OneRow(GenerationId id) implements PollEvent {}

    /**
     * Sweep: {@code {"shards": [0, …], "queues": ["acme", …], "due": [{"id": "…", "at": 0}, …]}}.
     *
     * @param partitions the shards and the queues of the event, or all shards when it names neither
     * @param allQueues whether all queues are swept as well, because the event names neither
     * @param due rows in them that the index may not show yet; {@code at} is in milliseconds since 1970
     */
    record Sweep(List<DueIndexPartition> partitions, boolean allQueues, List<DueRow> due) implements PollEvent {}

    /** Compare a day of the providers' bills with the ledger: {@code {"bill": "2026-11-23"}}, or what is due. */
    record Bill(Optional<LocalDate> day) implements PollEvent {}

    /** What the schedule asks for: the day three days ago, and those before it once more. */
    String DUE_DAYS = "due";

    /** {@code shardCount} is how many shards there are. Any other event is an {@link InvalidEventException}. */
    static PollEvent of(JsonNode event, int shardCount) {
        if (!event.isObject()) {
            throw new InvalidEventException("event must be an object");
        }
        if (event.hasNonNull("id")) {
            return new OneRow(id(event.path("id")));
        }
        if (event.hasNonNull("bill")) {
            return bill(event.path("bill"));
        }
        var shards = list("shards", event.path("shards")).valueStream().map(number -> shard(number, shardCount));
        var queues = list("queues", event.path("queues")).valueStream().map(PollEvent::queue);
        var named = Stream.<DueIndexPartition>concat(shards, queues).distinct().toList();
        var partitions = named.isEmpty() ? List.<DueIndexPartition>copyOf(Shard.all(shardCount)) : named;
        return new Sweep(partitions, named.isEmpty(), due(event.path("due")));
    }

    private static Bill bill(JsonNode day) {
        if (DUE_DAYS.equals(day.textValue())) {
            return new Bill(Optional.empty());
        }
        try {
            return new Bill(Optional.of(LocalDate.parse(day.asText())));
        } catch (DateTimeException _) {
            throw new InvalidEventException("bill must be a day such as 2026-11-23, or \"%s\"".formatted(DUE_DAYS));
        }
    }

    private static Queue queue(JsonNode provider) {
        return Optional.ofNullable(provider.textValue())
                .flatMap(ProviderId::parse)
                .map(Queue::new)
                .orElseThrow(() -> new InvalidEventException("queues must be ids of providers"));
    }

    private static Shard shard(JsonNode number, int count) {
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= count) {
            throw new InvalidEventException("shards must be numbers from 0 to " + (count - 1));
        }
        return new Shard(number.intValue());
    }

    private static List<DueRow> due(JsonNode rows) {
        return list("due", rows).valueStream().map(PollEvent::dueRow).toList();
    }

    private static DueRow dueRow(JsonNode row) {
        if (!row.path("at").isIntegralNumber() || !row.path("at").canConvertToLong()) {
            throw new InvalidEventException("due.at must be a time in milliseconds since 1970");
        }
        return new DueRow(
                id(row.path("id")), Instant.ofEpochMilli(row.path("at").longValue()));
    }

    private static JsonNode list(String field, JsonNode value) {
        if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
            throw new InvalidEventException(field + " must be a list");
        }
        return value;
    }

    private static GenerationId id(JsonNode text) {
        return Optional.ofNullable(text.textValue())
                .flatMap(GenerationId::parse)
                .orElseThrow(() -> new InvalidEventException("id must be 32 lower-case hexadecimal digits"));
    }
}
