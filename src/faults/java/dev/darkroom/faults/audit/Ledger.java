package dev.darkroom.faults.audit;

import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the rows cost and what the counters of the deployment count, read without the gateway's own code. All amounts are
 * in micro-dollars.
 *
 * @param committed what all windows of the deployment count as held and spent
 */
public record Ledger(List<Entry> entries, long committed) {

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final String COUNTER = "budget#deployment#";

    /** The cost of a row. */
    public record Entry(String row, String state, long price, long charged) {

        static Entry of(Map<String, AttributeValue> item) {
            var parts = SPACE.split(value(item, "cost").s(), -1);
            return new Entry(value(item, "id").s(), parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        long unconfirmed() {
            return state.equals("UNCONFIRMED") ? price : 0;
        }
    }

    public static Ledger of(URI table) {
        try (var client = DynamoDbLocal.client(table)) {
            var items =
                    client.scanPaginator(scan -> scan.tableName(Platform.TABLE).consistentRead(true)).items().stream()
                            .toList();
            return new Ledger(
                    items.stream()
                            .filter(item -> item.containsKey("cost"))
                            .map(Entry::of)
                            .toList(),
                    items.stream()
                            .filter(item -> value(item, "id").s().startsWith(COUNTER))
                            .mapToLong(item ->
                                    Long.parseLong(value(item, "committed").n()))
                            .sum());
        }
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    /** What is wrong when all rows have ended; {@code billed} is what the provider bills. */
    public List<String> problems(long billed) {
        var problems = new ArrayList<String>();
        entries.stream()
                .filter(entry -> entry.state().equals("HELD"))
                .map("has ended, and its price is still held: %s"::formatted)
                .forEach(problems::add);
        long charged = sum(Entry::charged);
        long counted = charged + sum(Entry::unconfirmed);
        Stream.of(
                        problem(entries.isEmpty(), "no row has a cost", 0, 0),
                        problem(committed != counted, "the counters have %d, and the rows %d", committed, counted),
                        problem(charged > billed, "%d are charged, and %d billed", charged, billed),
                        problem(billed > counted, "%d are billed, and %d counted", billed, counted))
                .flatMap(List::stream)
                .forEach(problems::add);
        return problems;
    }

    private long sum(ToLongFunction<Entry> amount) {
        return entries.stream().mapToLong(amount).sum();
    }

    private static List<String> problem(boolean is, String text, long first, long second) {
        return is ? List.of(text.formatted(first, second)) : List.of();
    }
}
