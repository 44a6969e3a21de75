package dev.darkroom.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of the table, read without the gateway's own code.
 *
 * @param failureCode empty unless the row has failed; so is the failure's text
 * @param due whether the row still needs work, which is when it has a {@code dueAt}
 */
record Row(
        String id,
        String input,
        String status,
        Optional<String> prediction,
        List<String> outputs,
        Instant createdAt,
        Optional<Instant> finishedAt,
        String failureCode,
        String failureText,
        boolean due) {

    private static final JsonMapper JSON = new JsonMapper();

    /** All rows of the table. Other items, such as those that count, have no input. */
    static List<Row> all(DynamoDbClient client) {
        return client.scanPaginator(scan -> scan.tableName(Platform.TABLE).consistentRead(true)).items().stream()
                .filter(item -> item.containsKey("input"))
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
                time(item, "createdAt").orElseThrow(),
                time(item, "finishedAt"),
                text(item, "failureCode").orElse(""),
                text(item, "failureText").orElse(""),
                item.containsKey("dueAt"));
    }

    /** The row's status, or the code of its failure. */
    String ending() {
        return isFailed() ? failureCode : status;
    }

    String prompt() {
        return json().path("prompt").asText();
    }

    private JsonNode json() {
        try {
            return JSON.readTree(input);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored input is JSON", e);
        }
    }

    /** How many images the row requests. */
    int images() {
        return json().path("num_images").asInt(1);
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(time -> Instant.ofEpochMilli(Long.parseLong(time.n())));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** Whether the row is queued. */
    boolean isQueued() {
        return status.equals("QUEUED");
    }

    /** Whether the outcome of the row's paid call is unknown. */
    boolean isUnconfirmed() {
        return status.equals("UNCONFIRMED");
    }

    boolean isCompleted() {
        return status.equals("COMPLETED");
    }

    boolean isFailed() {
        return status.equals("FAILED");
    }

    boolean isTerminal() {
        return isCompleted() || isFailed();
    }
}
