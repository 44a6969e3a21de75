package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * The body of an HTTP request as API Gateway hands it over.
 *
 * @param text as it stands in the event
 */
record AnyBody(String text, boolean isBase64) {

    private static final List<String> ENDS = List.of("", "}", ",", " ", "//", "\u0000", "\ufeff", "[", "{");

    void in(ObjectNode event) {
        event.put("body", text).put("isBase64Encoded", isBase64);
    }

    /** Random bytes: in base64, as text, or as something that is said to be base64 and is none. */
    static AnyBody ofBytes(Random random) {
        var bytes = AnyJson.bytes(random);
        return switch (random.nextInt(4)) {
            case 0 -> inBase64(bytes);
            case 1 -> new AnyBody(new String(bytes, StandardCharsets.UTF_8), false);
            case 2 -> new AnyBody(new String(bytes, StandardCharsets.ISO_8859_1), true);
            default -> new AnyBody(AnyJson.text(random), true);
        };
    }

    /** Random JSON, mostly an object. */
    static AnyBody ofJson(Random random) {
        return inEitherForm(random, json(random));
    }

    /** A valid body with some mutations, or none. */
    static AnyBody like(Random random, ObjectNode valid) {
        return inEitherForm(random, mutated(random, valid));
    }

    static String json(Random random) {
        var tree = random.nextInt(3) == 0 ? AnyJson.tree(random) : AnyJson.object(random);
        return asItIsOrDamaged(random, Fuzz.text(tree));
    }

    static String mutated(Random random, ObjectNode valid) {
        return asItIsOrDamaged(random, Fuzz.text(Mutation.mutated(random, valid)));
    }

    private static AnyBody inEitherForm(Random random, String text) {
        return random.nextBoolean() ? new AnyBody(text, false) : inBase64(text.getBytes(StandardCharsets.UTF_8));
    }

    static AnyBody inBase64(byte[] bytes) {
        return new AnyBody(Base64.getEncoder().encodeToString(bytes), true);
    }

    /** Mostly as it is; else what a tree cannot have: cut off, doubled, a member twice, something in front or behind. */
    private static String asItIsOrDamaged(Random random, String text) {
        var json = random.nextBoolean() ? text : Fuzz.escaped(text);
        return switch (random.nextInt(16)) {
            case 0 -> json.substring(0, random.nextInt(json.length() + 1));
            case 1 -> json + json;
            case 2 -> twice(json, AnyJson.name(random));
            case 3 -> AnyJson.oneOf(random, ENDS) + json + AnyJson.oneOf(random, ENDS);
            default -> json;
        };
    }

    private static String twice(String json, String name) {
        var member = Fuzz.text(Fuzz.JSON.getNodeFactory().textNode(name)) + ":1,";
        return json.startsWith("{") && json.length() > 2 ? "{" + member + member + json.substring(1) : json;
    }
}
