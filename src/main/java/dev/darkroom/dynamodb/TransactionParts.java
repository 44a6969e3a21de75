package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.darkroom.core.generation.Generation;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Makes the parts of a transaction. Each is an update, which also creates a new row, so that functions that only change
 * rows need no permission to put items.
 */
final class TransactionParts {

    private final String table;
    private final GenerationItem items;

    TransactionParts(String table, GenerationItem items) {
        this.table = table;
        this.items = items;
    }

    TransactWriteItem of(Generation row) {
        return row.version() == 1 ? creation(row) : change(row);
    }

    private TransactWriteItem creation(Generation row) {
        var attributes = items.toItem(row);
        attributes.keySet().remove(Attributes.ID);
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(row))
                        .conditionExpression(Expressions.NEW_ROW)
                        .updateExpression(Expressions.creationOf(attributes.keySet()))
                        .expressionAttributeNames(Expressions.aliasesOfAll(attributes.keySet()))
                        .expressionAttributeValues(Expressions.valuesOf(attributes))
                        .returnValuesOnConditionCheckFailure(ALL_OLD))
                .build();
    }

    private TransactWriteItem change(Generation next) {
        var attributes = items.updateAttributes(next);
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(next))
                        .conditionExpression(Expressions.VERSION_UNCHANGED)
                        .updateExpression(Expressions.updateFor(attributes.keySet(), next))
                        .expressionAttributeNames(Expressions.aliasesFor(attributes.keySet()))
                        .expressionAttributeValues(Expressions.valuesFor(attributes, next.version() - 1))
                        .returnValuesOnConditionCheckFailure(ALL_OLD))
                .build();
    }

    private static Map<String, AttributeValue> key(Generation row) {
        return Map.of(Attributes.ID, text(row.id().value()));
    }
}
