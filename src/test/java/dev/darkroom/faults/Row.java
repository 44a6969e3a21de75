package dev.darkroom.faults;

import dev.darkroom.local.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A row as it stands in the table, read without our own code.
 *
 * @param due whether work is owed
 */
record Row(
        String id,
        String input,
        String status,
        Optional<String> prediction,
        List<String> outputs,
        Optional<Instant> finishedAt,
        boolean due) {

    private static final Pattern IMAGES = Pattern.compile("\"num_images\":(\\d)");

    /** All of the table. */
    static List<Row> all(DynamoDbClient client) {
        return client.scanPaginator(scan -> scan.tableName(Platform.TABLE).consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("model"))
                .map(Row::of)
                .toList();
    }

    private static Row of(Map<String, AttributeValue> item) {
        return new Row(
                text(item, "id").orElseThrow(),
                text(item, "input").orElseThrow(),
                text(item, "status").orElseThrow(),
                text(item, "predictionId"),
                Optional.ofNullable(item.get("outputs")).stream()
                        .flatMap(outputs -> outputs.l().stream())
                        .map(AttributeValue::s)
                        .toList(),
                Optional.ofNullable(item.get("finishedAt")).map(time -> Instant.ofEpochMilli(Long.parseLong(time.n()))),
                item.containsKey("dueAt"));
    }

    /** How many images it asks for. */
    int images() {
        var images = IMAGES.matcher(input);
        return images.find() ? Integer.parseInt(images.group(1)) : 1;
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** Whether nobody knows what became of its paid call. */
    boolean isSearchedFor() {
        return status.equals("UNCONFIRMED");
    }

    /** Lets the time for which it is searched be over, and it be due, unless it has moved on. */
    void endSearch(DynamoDbClient client) {
        try {
            client.updateItem(update -> update.tableName(Platform.TABLE)
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("SET giveUpAt = :past, dueAt = :past")
                    .conditionExpression("#status = :unconfirmed")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(Map.of(
                            ":past", AttributeValue.fromN("0"), ":unconfirmed", AttributeValue.fromS("UNCONFIRMED"))));
        } catch (ConditionalCheckFailedException _) {
            // Then there is nothing to end.
        }
    }

    boolean isTerminal() {
        return status.equals("COMPLETED") || status.equals("FAILED");
    }
}
