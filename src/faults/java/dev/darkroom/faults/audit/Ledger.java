package dev.darkroom.faults.audit;

import dev.darkroom.local.Platform;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the rows cost and what the counters count, read without the gateway's own code. All amounts are in micro-dollars.
 *
 * @param deployment what all windows of the deployment count as held and spent
 * @param keys what the windows of the API keys count as held and spent
 * @param spent what the windows of the API keys count as spent
 */
public record Ledger(List<Entry> entries, long deployment, long keys, long spent) {

    private static final Pattern SPACE = Pattern.compile(" ");

    /** The cost of a row. */
    public record Entry(String row, String state, long price, long charged) {

        private static Entry of(Map<String, AttributeValue> item) {
            var parts = SPACE.split(value(item, "cost").s(), -1);
            return new Entry(value(item, "id").s(), parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
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
                    sum(items, "budget#deployment#", "committed"),
                    sum(items, "budget#key:", "committed"),
                    sum(items, "budget#key:", "spent"));
        }
    }

    private static long sum(List<Map<String, AttributeValue>> items, String prefix, String attribute) {
        return items.stream()
                .filter(item -> value(item, "id").s().startsWith(prefix))
                .flatMap(item -> Optional.ofNullable(item.get(attribute)).stream())
                .mapToLong(amount -> Long.parseLong(amount.n()))
                .sum();
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    /** The ids of the rows whose cost is not known. */
    public List<String> unconfirmed() {
        return in("UNCONFIRMED").map(Entry::row).toList();
    }

    private Stream<Entry> in(String state) {
        return entries.stream().filter(entry -> entry.state().equals(state));
    }

    /** What is wrong when all rows have ended and are settled; {@code billed} is what the provider bills. */
    public List<String> problems(long billed) {
        var problems = new ArrayList<String>();
        in("HELD").map("has ended, and its price is still held: %s"::formatted).forEach(problems::add);
        in("UNCONFIRMED").map("is not settled: %s"::formatted).forEach(problems::add);
        long charged = sum(Entry::charged);
        Stream.of(
                        problem(entries.isEmpty(), "no row has a cost", 0, 0),
                        problem(charged != billed, "%d are charged, and %d billed", charged, billed),
                        problem(
                                deployment != charged,
                                "the deployment counts %d, and the rows %d",
                                deployment,
                                charged),
                        problem(keys != charged, "the keys count %d, and the rows %d", keys, charged),
                        problem(spent != charged, "the keys have spent %d, and the rows %d", spent, charged))
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
