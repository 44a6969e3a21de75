package dev.darkroom.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row as it stands in the table, read without our own code.
 *
 * @param due whether work is owed
 */
record Row(String id, String input, String status, Optional<String> prediction, List<String> outputs, boolean due) {

    static Row of(Map<String, AttributeValue> item) {
        return new Row(
                text(item, "id").orElseThrow(),
                text(item, "input").orElseThrow(),
                text(item, "status").orElseThrow(),
                text(item, "predictionId"),
                Optional.ofNullable(item.get("outputs")).stream()
                        .flatMap(outputs -> outputs.l().stream())
                        .map(AttributeValue::s)
                        .toList(),
                item.containsKey("dueAt"));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    boolean isTerminal() {
        return status.equals("COMPLETED") || status.equals("FAILED");
    }
}
