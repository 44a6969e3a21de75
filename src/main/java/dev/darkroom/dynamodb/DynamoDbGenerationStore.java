package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Generations in one DynamoDB table (design section 6). */
@Singleton
public class DynamoDbGenerationStore implements GenerationStore {

    /** The provider forgets predictions after 7 days; then nobody can adopt them. */
    private static final Duration PREDICTIONS_KEPT = Duration.ofDays(8);

    /** So many entries of the index come at once: while they are read they take many times what is kept of them. */
    private static final int PAGE = 500;

    /** In the queue turns stand in place of times. */
    private static final Instant LAST_TURN = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final DynamoDbClient client;
    private final String table;
    private final GenerationItem items;
    private final int shards;
    private final InstantSource clock;

    public DynamoDbGenerationStore(DynamoDbClient client, TableConfig config, InstantSource clock) {
        this.clock = clock;
        this.client = client;
        this.table = config.name();
        if (config.shards() < 1) {
            throw new IllegalArgumentException("darkroom.table.shards must be 1 or more");
        }
        this.shards = config.shards();
        this.items = new GenerationItem(config.shards(), config.retention());
    }

    @Override
    public Creation create(Generation generation) {
        try {
            client.putItem(put -> put.tableName(table)
                    .item(items.of(generation))
                    .conditionExpression(Expressions.NEW_ROW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Creation.Created();
        } catch (ConditionalCheckFailedException e) {
            var existing = existing(e);
            // A request that the SDK repeated finds its own first write.
            return existing.equals(generation) ? new Creation.Created() : new Creation.Exists(existing);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Update update(Generation next) {
        var values = new HashMap<String, AttributeValue>();
        items.changing(next).forEach((name, value) -> values.put(":" + name, value));
        values.put(":before", number(next.version() - 1));
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key(next.id()))
                    .conditionExpression(Expressions.NOT_MOVED_ON)
                    .updateExpression(Expressions.into(
                            next.state().status(), next.caller().isWaiting()))
                    .expressionAttributeNames(Expressions.STATUS_ALIAS)
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Update.Written();
        } catch (ConditionalCheckFailedException e) {
            var current = existing(e);
            return current.equals(next) ? new Update.Written() : new Update.Conflict(current);
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Optional<GenerationId> holder(PredictionId prediction) {
        try {
            var answer = client.getItem(
                    get -> get.tableName(table).key(claimKey(prediction)).consistentRead(true));
            return Optional.ofNullable(answer.item().get(Attributes.TAKEN_BY)).map(row -> new GenerationId(row.s()));
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from) {
        var values = new HashMap<>(Map.of(
                ":row", text(row.value()),
                ":expiresAt", number(clock.instant().plus(PREDICTIONS_KEPT).getEpochSecond())));
        from.ifPresent(holder -> values.put(":from", text(holder.value())));
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(claimKey(prediction))
                    .updateExpression(Expressions.TAKE)
                    .conditionExpression(from.isPresent() ? Expressions.STILL_THEIRS : Expressions.FREE_OR_OURS)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** Its id is no generation's id, so no caller can read it. */
    private static Map<String, AttributeValue> claimKey(PredictionId prediction) {
        return Map.of(Attributes.ID, text("prediction#" + prediction));
    }

    @Override
    public Optional<Generation> find(GenerationId id) {
        try {
            var answer = client.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true));
            return answer.hasItem() ? Optional.of(GenerationItem.read(answer.item())) : Optional.empty();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<DueRow> due(Shard shard, Instant from, Instant until, int limit) {
        try {
            return client
                    .queryPaginator(query -> query.tableName(table)
                            .indexName(Expressions.INDEX)
                            .keyConditionExpression(Expressions.DUE)
                            .expressionAttributeValues(between(shard, from, until))
                            .limit(Math.min(limit, PAGE)))
                    .items()
                    .stream()
                    .limit(limit)
                    .map(DynamoDbGenerationStore::dueRow)
                    .toList();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<GenerationId> queued(int limit) {
        return due(Shard.QUEUE, Instant.EPOCH, LAST_TURN, limit).stream()
                .map(DueRow::id)
                .toList();
    }

    @Override
    public int countDue(Instant until) {
        try {
            return Shard.all(shards).stream()
                    .mapToInt(shard -> countDue(shard, until))
                    .sum();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private int countDue(Shard shard, Instant until) {
        return client
                .queryPaginator(query -> query.tableName(table)
                        .indexName(Expressions.INDEX)
                        .keyConditionExpression(Expressions.DUE)
                        .expressionAttributeValues(between(shard, Instant.EPOCH, until))
                        .select(Select.COUNT))
                .stream()
                .mapToInt(QueryResponse::count)
                .sum();
    }

    private static Map<String, AttributeValue> between(Shard shard, Instant from, Instant until) {
        return Map.of(":shard", number(shard.number()), ":from", time(from), ":until", time(until));
    }

    private static DueRow dueRow(Map<String, AttributeValue> item) {
        var id = item.get(Attributes.ID);
        var dueAt = item.get(Attributes.DUE_AT);
        if (id == null || dueAt == null) {
            throw new IllegalStateException("an entry of the index without its keys");
        }
        return new DueRow(new GenerationId(id.s()), time(dueAt));
    }

    private static Map<String, AttributeValue> key(GenerationId id) {
        return Map.of(Attributes.ID, text(id.value()));
    }

    private static Generation existing(ConditionalCheckFailedException e) {
        if (!e.hasItem()) {
            throw new IllegalStateException("the row is gone", e);
        }
        return GenerationItem.read(e.item());
    }

    private static StoreUnavailableException unavailable(SdkException e) {
        return new StoreUnavailableException("the table did not do what it was asked", e);
    }
}
