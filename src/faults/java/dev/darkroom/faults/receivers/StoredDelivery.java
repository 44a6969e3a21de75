package dev.darkroom.faults.receivers;

import static java.util.stream.Collectors.toMap;

import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a row says of one of its webhooks, read without the gateway's own code. */
record StoredDelivery(String outcome, int attempts) {

    /** The deliveries of all rows, by the id of the row. */
    static Map<String, List<StoredDelivery>> all(URI table) {
        try (var client = DynamoDbLocal.client(table)) {
            return client.scanPaginator(scan -> scan.tableName(Platform.TABLE).consistentRead(true)).items().stream()
                    .filter(item -> item.containsKey("input"))
                    .collect(toMap(item -> text(item, "id"), StoredDelivery::of));
        }
    }

    private static List<StoredDelivery> of(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("deliveries")).stream()
                .flatMap(list -> list.l().stream())
                .map(AttributeValue::m)
                .map(map -> new StoredDelivery(
                        text(map, "outcome"),
                        Optional.ofNullable(map.get("attempts"))
                                .map(attempts -> attempts.l().size())
                                .orElse(0)))
                .toList();
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s).orElse("");
    }
}
