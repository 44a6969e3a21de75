package dev.darkroom.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts values to attribute values, and back. */
final class Values {

    private Values() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue time(Instant value) {
        return number(value.toEpochMilli());
    }

    static AttributeValue required(Map<String, AttributeValue> item, String name) {
        var value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item without " + name);
        }
        return value;
    }

    static long number(AttributeValue value) {
        return Long.parseLong(value.n());
    }

    static Instant time(AttributeValue value) {
        return Instant.ofEpochMilli(number(value));
    }

    /** The id of an item for people; {@code ?} when it has none. */
    static String idOf(Map<String, AttributeValue> item) {
        var id = item.get(Attributes.ID);
        return id == null || id.s() == null ? "?" : id.s();
    }
}
