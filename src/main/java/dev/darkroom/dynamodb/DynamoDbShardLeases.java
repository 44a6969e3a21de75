package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.sweep.ShardLeases;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Leases as items of the same table; their ids are not generation ids, so no caller can read a lease. */
@Singleton
public class DynamoDbShardLeases implements ShardLeases {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbShardLeases(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public boolean acquire(DueIndexPartition partition, String holder, Instant now, Instant until) {
        return update(
                partition,
                Expressions.ACQUIRE_LEASE,
                Expressions.LEASE_EXPIRED_OR_OURS,
                Map.of(":holder", text(holder), ":now", time(now), ":until", time(until)));
    }

    @Override
    public void release(DueIndexPartition partition, String holder) {
        update(
                partition,
                Expressions.RELEASE_LEASE,
                Expressions.LEASE_OURS,
                Map.of(":holder", text(holder), ":never", number(0)));
    }

    /** False when the condition did not hold. */
    private boolean update(
            DueIndexPartition partition, String update, String condition, Map<String, AttributeValue> values) {
        try {
            client.updateItem(request -> request.tableName(table)
                    .key(Map.of(Attributes.ID, text("lease#" + partition.name())))
                    .updateExpression(update)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }
}
