package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * The body of an HTTP request as API Gateway passes it on.
 *
 * @param text the body in the event
 */
public record ArbitraryBody(String text, boolean isBase64) {

    private static final List<String> ENDS = List.of("", "}", ",", " ", "//", "\u0000", "\ufeff", "[", "{");

    public void in(ObjectNode event) {
        event.put("body", text).put("isBase64Encoded", isBase64);
    }

    /** Random bytes: in base64, as text, or as invalid base64 that is declared as base64. */
    public static ArbitraryBody ofBytes(Random random) {
        var bytes = ArbitraryJson.bytes(random);
        return switch (random.nextInt(4)) {
            case 0 -> inBase64(bytes);
            case 1 -> new ArbitraryBody(new String(bytes, StandardCharsets.UTF_8), false);
            case 2 -> new ArbitraryBody(new String(bytes, StandardCharsets.ISO_8859_1), true);
            default -> new ArbitraryBody(ArbitraryJson.text(random), true);
        };
    }

    /** Random JSON, mostly an object. */
    public static ArbitraryBody ofJson(Random random) {
        return inEitherForm(random, json(random));
    }

    /** A valid body, with some mutations or none. */
    public static ArbitraryBody like(Random random, ObjectNode valid) {
        return inEitherForm(random, mutated(random, valid));
    }

    public static String json(Random random) {
        var tree = random.nextInt(3) == 0 ? ArbitraryJson.tree(random) : ArbitraryJson.object(random);
        return asItIsOrDamaged(random, Fuzz.text(tree));
    }

    public static String mutated(Random random, ObjectNode valid) {
        return asItIsOrDamaged(random, Fuzz.text(Mutation.mutated(random, valid)));
    }

    private static ArbitraryBody inEitherForm(Random random, String text) {
        return random.nextBoolean() ? new ArbitraryBody(text, false) : inBase64(text.getBytes(StandardCharsets.UTF_8));
    }

    public static ArbitraryBody inBase64(byte[] bytes) {
        return new ArbitraryBody(Base64.getEncoder().encodeToString(bytes), true);
    }

    /**
     * Mostly the text itself; otherwise damaged as no tree can be: cut off, doubled, with a duplicate member, with a
     * prefix or suffix.
     */
    private static String asItIsOrDamaged(Random random, String text) {
        var json = random.nextBoolean() ? text : Fuzz.escaped(text);
        return switch (random.nextInt(16)) {
            case 0 -> json.substring(0, random.nextInt(json.length() + 1));
            case 1 -> json + json;
            case 2 -> twice(json, ArbitraryJson.name(random));
            case 3 -> ArbitraryJson.oneOf(random, ENDS) + json + ArbitraryJson.oneOf(random, ENDS);
            default -> json;
        };
    }

    private static String twice(String json, String name) {
        var member = Fuzz.text(Fuzz.JSON.getNodeFactory().textNode(name)) + ":1,";
        return json.startsWith("{") && json.length() > 2 ? "{" + member + member + json.substring(1) : json;
    }
}
