package dev.darkroom.bench.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Items that processes share and change by compare and set of a version, such as the submission gate. They are kept. */
final class VersionedItems {

    private static final Pattern CONDITION = Pattern.compile("attribute_not_exists\\(id\\) OR version = (:\\w+)");

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final LongAdder writes = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    /** Null when it was never written. */
    @Nullable ObjectNode get(String id) {
        return items.get(id);
    }

    /** Whether this is such a change. */
    boolean isChanging(TableRequest asked) {
        return asked.operation().equals("UpdateItem")
                && CONDITION.matcher(asked.expression("Condition")).matches();
    }

    /** Empty when it was written; else the item, which has another version by now. */
    synchronized Optional<ObjectNode> change(TableRequest asked) {
        var before = CONDITION.matcher(asked.expression("Condition")).replaceFirst("$1");
        var item = items.get(asked.id());
        if (item != null && !item.path("version").equals(asked.value(before))) {
            refusals.increment();
            return Optional.of(item);
        }
        items.put(asked.id(), asked.appliedTo(item == null ? asked.key() : item.deepCopy()));
        writes.increment();
        return Optional.empty();
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
