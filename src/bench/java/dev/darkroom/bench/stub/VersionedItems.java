package dev.darkroom.bench.stub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items that processes share and change by compare and set of a version, or by adding to them, such as the
 * submission gate.
 */
final class VersionedItems {

    private static final Pattern UNCHANGED = Pattern.compile("attribute_not_exists\\(id\\) OR version = (:\\w+)");

    /** A request joins a queue that is not empty. An owner's limit is not checked: benchmarks limit no owner. */
    private static final String OTHERS_WAIT = "gate.#length > :none AND ";

    private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final LongAdder writes = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    /** Null when it was never written. */
    @Nullable ObjectNode get(String id) {
        return items.get(id);
    }

    /** Whether the request changes a shared item. */
    boolean isChanging(TableRequest asked) {
        var condition = asked.expression("Condition");
        return asked.operation().equals("UpdateItem")
                && (UNCHANGED.matcher(condition).matches() || condition.startsWith(OTHERS_WAIT));
    }

    /** The result of a change, with the item as it is afterwards: empty when there is none. */
    record Change(boolean refused, ObjectNode item) {}

    synchronized Change change(TableRequest asked) {
        var item = items.getOrDefault(asked.id(), NONE);
        if (!isAllowed(asked, item)) {
            refusals.increment();
            return new Change(true, item);
        }
        var changed = asked.appliedTo(item.isEmpty() ? asked.key() : item.deepCopy());
        items.put(asked.id(), changed);
        writes.increment();
        return new Change(false, changed);
    }

    private static boolean isAllowed(TableRequest asked, ObjectNode item) {
        var unchanged = UNCHANGED.matcher(asked.expression("Condition"));
        if (unchanged.matches()) {
            return !item.has("version") || item.path("version").equals(asked.value(unchanged.group(1)));
        }
        return item.path("gate").path("M").path("length").path("N").asInt() > 0;
    }

    /** How many changes were written so far. */
    long writes() {
        return writes.sum();
    }

    /** How many changes were refused so far. */
    long refusals() {
        return refusals.sum();
    }
}
