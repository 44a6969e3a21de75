package dev.darkroom.operator;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Finds all rows of an owner in the table. The index of owners leaves out those that are deleted. */
final class OwnerRows {

    private record Row(GenerationId id, long createdAt) {}

    private final DynamoDbClient client;
    private final String table;

    OwnerRows(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** The ids of the owner's rows, with copies and deleted ones, the oldest first. It reads the whole table once. */
    List<GenerationId> of(Owner owner) {
        return client
                .scanPaginator(scan -> scan.tableName(table)
                        .filterExpression("#owner = :owner AND attribute_exists(createdAt)")
                        .projectionExpression("id, createdAt")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS(owner.value()))))
                .items()
                .stream()
                .flatMap(item -> row(item).stream())
                .sorted(Comparator.comparingLong(Row::createdAt)
                        .thenComparing(row -> row.id().value()))
                .map(Row::id)
                .toList();
    }

    /** Empty for what is no generation, such as an API key. */
    private static Optional<Row> row(Map<String, AttributeValue> item) {
        return Stream.ofNullable(item.get("id"))
                .flatMap(id -> GenerationId.parse(id.s()).stream())
                .flatMap(id -> Stream.ofNullable(item.get("createdAt"))
                        .map(createdAt -> new Row(id, Long.parseLong(createdAt.n()))))
                .findFirst();
    }
}
