package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What starts {@code poll-generations}: one row to advance, or shards to sweep. */
sealed interface PollEvent {

    /** Advance one row: {@code {"id": "…"}}. */
    record OneRow(GenerationId id) implements PollEvent {}

    /**
     * Sweep: {@code {"shards": [0, …], "queue": true, "due": [{"id": "…", "at": 0}, …]}}.
     *
     * @param shards all of them, the queue as well, when the event names none
     * @param due rows in them that the index may not show yet; {@code at} is in milliseconds since 1970
     */
    record Sweep(List<Shard> shards, List<DueRow> due) implements PollEvent {}

    /** {@code shardCount} is how many shards there are. Anything else is an {@link InvalidEventException}. */
    static PollEvent of(JsonNode event, int shardCount) {
        if (!event.isObject()) {
            throw new InvalidEventException("event must be an object");
        }
        return event.hasNonNull("id")
                ? new OneRow(id(event.path("id")))
                : new Sweep(shards(event, shardCount), due(event.path("due")));
    }

    private static List<Shard> shards(JsonNode event, int count) {
        var numbers = list("shards", event.path("shards"));
        boolean queue = isQueueNamed(event.path("queue"));
        boolean all = numbers.isEmpty() && !queue;
        var shards = all
                ? Shard.all(count).stream()
                : numbers.valueStream().distinct().map(number -> shard(number, count));
        return Stream.concat(shards, all || queue ? Stream.of(Shard.QUEUE) : Stream.empty())
                .toList();
    }

    private static boolean isQueueNamed(JsonNode queue) {
        if (!queue.isBoolean() && !queue.isMissingNode() && !queue.isNull()) {
            throw new InvalidEventException("queue must be true or false");
        }
        return queue.booleanValue();
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
