package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.waiting.StatusReader;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Reads one attribute of a row. DynamoDB charges for the whole row, and says how much. */
@Singleton
public class DynamoDbStatusReader implements StatusReader {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbStatusReader(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Reading read(GenerationId id) {
        var answer = Table.call(() -> client.getItem(get -> get.tableName(table)
                .key(Map.of(Attributes.ID, text(id.value())))
                .consistentRead(true)
                .projectionExpression(Expressions.STATUS_ONLY)
                .expressionAttributeNames(Expressions.STATUS_ALIAS)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        return new Reading(
                answer.hasItem() ? Optional.of(status(id, answer.item())) : Optional.empty(), readUnits(answer));
    }

    private static Status status(GenerationId id, Map<String, AttributeValue> item) {
        try {
            return Status.valueOf(Values.required(item, Attributes.STATUS).s());
        } catch (RuntimeException e) {
            throw new UnreadableRowException(id.value(), e);
        }
    }

    private static int readUnits(GetItemResponse answer) {
        var consumed = answer.consumedCapacity();
        return consumed == null || consumed.capacityUnits() == null
                ? 1
                : Math.max(1, (int) Math.ceil(consumed.capacityUnits()));
    }
}
