package dev.darkroom.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * One change at one place of a JSON tree.
 *
 * @param where the number of the place, modulo the number of places
 * @param value the new value, for the kinds that need one
 * @param text the new name or characters, for the kinds that need them
 */
public record Mutation(Kind kind, int where, JsonNode value, String text) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<Kind> KINDS = List.of(Kind.values());

    enum Kind {
        DROP,
        REPLACE,
        COPY,
        NEST,
        LIST,
        RETYPE,
        RECASE,
        ADD,
        INSERT,
        DEEPEN
    }

    /** A member of an object or an item of a list. */
    private sealed interface Place {

        record Member(ObjectNode parent, String name) implements Place {}

        record Item(ArrayNode parent, int index) implements Place {}
    }

    /** A copy with up to four changes. */
    public static ObjectNode mutated(Random random, ObjectNode original) {
        var copy = original.deepCopy();
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            new Mutation(
                            ArbitraryJson.oneOf(random, KINDS),
                            random.nextInt(10_000),
                            ArbitraryJson.tree(random),
                            ArbitraryJson.name(random))
                    .change(copy);
        }
        return copy;
    }

    private void change(ObjectNode root) {
        var places = new ArrayList<Place>();
        collect(root, places);
        if (places.isEmpty()) {
            root.set(text, value);
            return;
        }
        switch (places.get(where % places.size())) {
            case Place.Member(var parent, var name) -> change(parent, name);
            case Place.Item(var parent, var index) -> change(parent, index);
        }
    }

    private void change(ObjectNode parent, String name) {
        var old = parent.get(name);
        switch (kind) {
            case DROP -> parent.remove(name);
            case COPY -> parent.set(text, old);
            case RECASE -> {
                parent.remove(name);
                parent.set(name.toUpperCase(Locale.ROOT), old);
            }
            case ADD -> parent.set(text, value);
            case REPLACE, NEST, LIST, RETYPE, INSERT, DEEPEN -> parent.set(name, changed(old));
        }
    }

    private void change(ArrayNode parent, int index) {
        var old = parent.get(index);
        switch (kind) {
            case DROP, RECASE -> parent.remove(index);
            case COPY -> parent.add(old);
            case ADD -> parent.add(value);
            case REPLACE, NEST, LIST, RETYPE, INSERT, DEEPEN -> parent.set(index, changed(old));
        }
    }

    private JsonNode changed(JsonNode old) {
        return switch (kind) {
            case NEST -> JSON.objectNode().set(text, old);
            case LIST -> JSON.arrayNode().add(old).add(old);
            case RETYPE -> old.isTextual() ? JSON.numberNode(old.asText().length()) : JSON.textNode(Fuzz.text(old));
            case INSERT -> JSON.textNode(inserted(old.asText()));
            case DEEPEN -> deepened(old);
            case REPLACE, DROP, COPY, RECASE, ADD -> value;
        };
    }

    private String inserted(String old) {
        int at = where % (old.length() + 1);
        return old.substring(0, at) + text + old.substring(at);
    }

    private JsonNode deepened(JsonNode old) {
        var deep = old;
        for (int level = 0; level < where % 600; level++) {
            deep = JSON.arrayNode().add(deep);
        }
        return deep;
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(new Place.Member(object, name)));
        }
        if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                places.add(new Place.Item(array, index));
            }
        }
        // The levels that DEEPEN added are not entered again, because the recursion would need a stack of their depth.
        if (places.size() < 200) {
            node.forEach(child -> collect(child, places));
        }
    }
}
