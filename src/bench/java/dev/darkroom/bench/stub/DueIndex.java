package dev.darkroom.bench.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** The index of due rows: lists those of a partition between two times, the earliest first, page by page. */
final class DueIndex {

    private static final JsonMapper JSON = new JsonMapper();

    /** The attribute without which a row is not in the index, as in {@code infra/resources/table.yml}. */
    private static final String PARTITION = "dueShard";

    private static final Pattern CONDITION = Pattern.compile("(\\w+) = (:\\w+) AND (\\w+) BETWEEN (:\\w+) AND (:\\w+)");

    private final Map<String, JsonNode> rows = new ConcurrentSkipListMap<>();

    private record Entry(String id, long time, JsonNode item) {

        static final Comparator<Entry> ORDER =
                Comparator.comparingLong(Entry::time).thenComparing(Entry::id);

        static Entry of(JsonNode item, String sort) {
            return new Entry(item.path("id").path("S").asText(), number(item.path(sort)), item);
        }
    }

    void add(String id, JsonNode item) {
        rows.put(id, item);
    }

    int size() {
        return rows.size();
    }

    /** Removes the row when the update removes the partition's attribute; any other update leaves it in the index. */
    void updated(String id, String expression) {
        int removal = expression.indexOf("REMOVE ");
        if (removal >= 0 && expression.substring(removal).contains(PARTITION)) {
            rows.remove(id);
        }
    }

    /** Answers a Query; throws an {@link IllegalArgumentException} when its form is not the product's. */
    ObjectNode query(TableRequest asked) {
        var condition = CONDITION.matcher(asked.expression("KeyCondition"));
        if (!condition.matches()) {
            throw new IllegalArgumentException("the table's stub does not know this query: " + asked);
        }
        var partition = condition.group(1);
        var sort = condition.group(3);
        var request = asked.body();
        var values = request.path("ExpressionAttributeValues");
        long from = number(values.path(condition.group(4)));
        long until = number(values.path(condition.group(5)));
        var start = request.has("ExclusiveStartKey")
                ? Entry.of(request.path("ExclusiveStartKey"), sort)
                : new Entry("", from, JSON.createObjectNode());
        var found = rows.values().stream()
                .filter(item -> item.path(partition).equals(values.path(condition.group(2))))
                .map(item -> Entry.of(item, sort))
                .filter(entry -> Entry.ORDER.compare(entry, start) > 0 && entry.time() <= until)
                .sorted(Entry.ORDER)
                .toList();
        return page(found, List.of("id", partition, sort), request);
    }

    private static ObjectNode page(List<Entry> found, List<String> keys, JsonNode request) {
        var entries =
                found.subList(0, Math.min(found.size(), request.path("Limit").asInt(Integer.MAX_VALUE)));
        var answer = JSON.createObjectNode().put("Count", entries.size()).put("ScannedCount", entries.size());
        if (!request.path("Select").asText().equals("COUNT")) {
            var items = answer.putArray("Items");
            entries.forEach(entry -> items.add(projected(entry, keys)));
        }
        if (entries.size() < found.size()) {
            answer.set("LastEvaluatedKey", projected(entries.getLast(), keys));
        }
        return answer;
    }

    private static ObjectNode projected(Entry entry, List<String> keys) {
        var projected = JSON.createObjectNode();
        keys.forEach(key -> projected.set(key, entry.item().path(key)));
        return projected;
    }

    private static long number(JsonNode value) {
        return Long.parseLong(value.path("N").asText());
    }
}
