package dev.darkroom.bench;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** The most expensive request bodies that are known, one of each kind, each of at most 256 KB. */
public final class WorstBodies {

    /** In bytes: the largest body that the gateway reads. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final String PROMPT = "{\"prompt\":\"x\"";

    private WorstBodies() {}

    /** The bodies, by the name of their kind. */
    public static Map<String, String> byKind() {
        var bodies = new LinkedHashMap<String, String>();
        addNumbers(bodies);
        addNames(bodies);
        addNesting(bodies);
        addTexts(bodies);
        return bodies;
    }

    private static void addNumbers(Map<String, String> bodies) {
        bodies.put("an exponent of eight digits, in a list", PROMPT + ",\"aspect_ratio\":[1e40000000]}");
        bodies.put("an exponent of ten digits", PROMPT + ",\"seed\":1e9999999999}");
        bodies.put("exponents that are just allowed", list(_ -> "1.5e1000"));
        bodies.put("numbers of 100 digits", list(_ -> "9".repeat(100)));
        bodies.put("numbers of 1,000 digits", list(_ -> "9".repeat(1000)));
        bodies.put("decimals of 990 digits", list(_ -> "0." + "3".repeat(990)));
        bodies.put("one number of 256 KB", PROMPT + ",\"seed\":" + "9".repeat(MAX_BYTES - 30) + "}");
        bodies.put("many numbers", list(_ -> "0"));
    }

    private static void addNames(Map<String, String> bodies) {
        bodies.put("unknown names", members(i -> Integer.toString(i, Character.MAX_RADIX)));
        bodies.put("unknown names of 100 characters", members(i -> "negative_prompt%085d".formatted(i)));
        bodies.put("names with equal hash codes", members(i -> collidingName(i)));
        bodies.put("names with equal hash codes, nested", PROMPT + ",\"a\":" + nestedMembers() + "}");
        var different = members(WorstBodies::fiveDigits);
        bodies.put("a name twice, at the end", different.substring(0, different.lastIndexOf(',')) + ",\"00000\":1}");
        bodies.put("one name of 256 KB", "{\"" + "n".repeat(MAX_BYTES - 10) + "\":1}");
        bodies.put("one name of 49,000 characters, five times over", members(i -> i + "n".repeat(49_000)));
    }

    private static void addNesting(Map<String, String> bodies) {
        bodies.put("lists in lists, 256 KB deep", "{\"a\":" + "[".repeat(MAX_BYTES - 10));
        bodies.put("lists in lists, 98 deep, again and again", list(_ -> "[".repeat(97) + "]".repeat(97)));
        bodies.put("objects in objects, 98 deep", list(_ -> "{\"a\":".repeat(97) + "1" + "}".repeat(97)));
        bodies.put("empty lists", list(_ -> "[]"));
    }

    private static void addTexts(Map<String, String> bodies) {
        int room = MAX_BYTES - 20;
        bodies.put("a prompt of 256 KB, accepted", prompt("x".repeat(room)));
        bodies.put("a blank prompt of 256 KB", prompt(" ".repeat(room)));
        bodies.put("a blank prompt of escapes", prompt("\\u200b".repeat(room / 6)));
        bodies.put("a prompt of control characters", prompt("\\u0000".repeat(room / 6)));
        bodies.put("a prompt of surrogate pairs, accepted", prompt("\ud83d\ude00".repeat(room / 4)));
        bodies.put("a prompt with half a pair at its end", prompt("x".repeat(room - 6) + "\\ud83d"));
        bodies.put("an aspect ratio of 256 KB", PROMPT + ",\"aspect_ratio\":\"" + "1".repeat(room - 20) + "\"}");
        bodies.put("white space", " ".repeat(MAX_BYTES));
        bodies.put("white space before the end", "{" + "\n".repeat(MAX_BYTES - 2) + "}");
        bodies.put("backslashes, accepted", prompt("\\\\".repeat(room / 2)));
    }

    private static String prompt(String text) {
        return "{\"prompt\":\"" + text + "\"}";
    }

    private static String list(IntFunction<String> item) {
        return filled(PROMPT + ",\"aspect_ratio\":[", "]}", item);
    }

    private static String members(IntFunction<String> name) {
        return filled("{", "}", i -> "\"" + name.apply(i) + "\":1");
    }

    private static String nestedMembers() {
        var members = members(i -> collidingName(i));
        // Leaves room for the text around the members.
        return members.substring(0, members.lastIndexOf(',', members.length() - 40)) + "}";
    }

    private static String filled(String start, String end, IntFunction<String> item) {
        var text = new StringBuilder(MAX_BYTES).append(start);
        for (int i = 0; ; i++) {
            var next = (i == 0 ? "" : ",") + item.apply(i);
            if (text.length() + next.length() + end.length() > MAX_BYTES) {
                return text.append(end).toString();
            }
            text.append(next);
        }
    }

    private static String fiveDigits(int number) {
        return "%05d".formatted(number);
    }

    /** "Aa" and "BB" have the same hash code, and so have all texts of equal length that consist of them. */
    private static String collidingName(int number) {
        var name = new StringBuilder();
        for (int bit = 13; bit >= 0; bit--) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    static int bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
