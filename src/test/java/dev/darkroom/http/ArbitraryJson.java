package dev.darkroom.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JSON of every kind, with difficult values more often than by chance. It is drawn from a plain random generator,
 * because jqwik's own combinators take minutes for such trees.
 */
public final class ArbitraryJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Names that the handlers read, so that random trees have more than unknown members. */
    private static final List<String> KNOWN = List.of(
            "routeKey",
            "rawPath",
            "rawQueryString",
            "queryStringParameters",
            "headers",
            "body",
            "isBase64Encoded",
            "pathParameters",
            "requestContext",
            "domainName",
            "type",
            "authorization",
            "idempotency-key",
            "webhook-timestamp",
            "webhook-signature",
            "id",
            "model",
            "input",
            "idempotencyKey",
            "taskToken",
            "shards",
            "due",
            "at",
            "prompt",
            "num_images",
            "aspect_ratio",
            "seed",
            "enable_sync_mode",
            "enable_base64_output",
            "status",
            "outputs",
            "error",
            "code",
            "timings",
            "inference");

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\u0000",
            "\r\n",
            "\t",
            "\"",
            "\\",
            "%",
            "%2F",
            "%00",
            "%zz",
            "..",
            "../../etc",
            "/",
            "//",
            "#",
            "~",
            "~1",
            "null",
            "true",
            "NaN",
            "1e999999999",
            "{}",
            "[]",
            "{\"prompt\":",
            "\ud83d",
            "\ude00",
            "a\ud83d",
            "\ude00\ud83d",
            "\ud83d\ude00",
            "\ufeff",
            "\uffff",
            "\u2028",
            "\u202e",
            "ı",
            "İ",
            "ß",
            "猫",
            "__proto__",
            "constructor",
            "lease#0",
            "0123456789abcdef0123456789abcdef",
            "ffffffffffffffffffffffffffffffff",
            "wavespeed-ai/imagen4",
            "completed",
            "failed",
            "1:1",
            "data:image/png;base64,AAAA",
            "http://[::1",
            "${jndi:ldap://x}",
            "'; DROP TABLE x",
            "<script>");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "1",
            "4.0",
            "4",
            "5",
            "1.5",
            "1.00000000000000001",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1e18",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999",
            "1e1001",
            "1e99999",
            "8.64e15",
            "31556889864403199000",
            "-31557014167219200000",
            "1e40000000",
            "-1e2147483647",
            "1e-2147483647",
            "9".repeat(100),
            "9".repeat(101),
            "9".repeat(1001),
            "-9".concat("0".repeat(5_000)),
            "0.".concat("3".repeat(5_000)),
            "1e".concat("0".repeat(5_000)).concat("1"));

    /** Numbers of JSON that no Java number can hold. */
    private static final List<String> UNREPRESENTABLE =
            List.of("-0", "-0.0", "-0e0", "1e2147483648", "1e-99999999999", "1E+".concat("9".repeat(200)));

    private static final List<String> HEADERS = List.of(
            "authorization",
            "idempotency-key",
            "x-darkroom-metadata",
            "content-type",
            "content-length",
            "content-encoding",
            "x-forwarded-proto",
            "accept",
            "host",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "x-forwarded-for",
            "cookie",
            "user-agent");

    private static final List<String> UNITS = List.of("x", "é", "\ud83d\ude00", "%", "[", "{\"a\":", "\\", "9");

    /** Lengths around every limit of the gateway. */
    private static final List<Integer> LENGTHS =
            List.of(63, 64, 65, 100, 101, 255, 256, 300, 2048, 2049, 50_001, 270_000);

    private static final int DEEPEST = 6;

    private ArbitraryJson() {}

    public static <T> T oneOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    public static JsonNode tree(Random random) {
        return tree(random, 0);
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (depth < DEEPEST ? random.nextInt(6) : 5) {
            case 0 -> object(random, depth + 1);
            case 1 ->
                JSON.arrayNode()
                        .addAll(IntStream.range(0, random.nextInt(4))
                                .mapToObj(_ -> tree(random, depth + 1))
                                .toList());
            default -> leaf(random);
        };
    }

    public static ObjectNode object(Random random) {
        return object(random, 0);
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JSON.objectNode();
        for (int members = random.nextInt(6); members > 0; members--) {
            object.set(name(random), tree(random, depth + 1));
        }
        return object;
    }

    private static JsonNode leaf(Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> oneOf(random, List.of(BooleanNode.TRUE, BooleanNode.FALSE, NullNode.getInstance()));
            case 10 -> JSON.rawValueNode(new RawValue(oneOf(random, UNREPRESENTABLE)));
            case 1 -> JSON.numberNode(new BigDecimal(oneOf(random, NUMBERS)));
            case 2 -> JSON.numberNode(random.nextInt(-10, 10));
            case 3 ->
                JSON.numberNode(
                        new BigDecimal(new BigInteger(random.nextInt(1, 2000), random), random.nextInt(-400, 400)));
            default -> JSON.textNode(text(random));
        };
    }

    static String name(Random random) {
        return random.nextInt(5) < 3 ? oneOf(random, KNOWN) : text(random);
    }

    /** Texts with halves of surrogate pairs, with control characters, and of lengths around every limit. */
    public static String text(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> characters(random, 40, _ -> (char) random.nextInt(0x10000));
            case 3, 4 -> characters(random, 300, _ -> (char) random.nextInt(0x80));
            case 5 -> characters(random, 10, _ -> (char) random.nextInt(0xd7f0, 0xe010));
            case 6 -> longText(random);
            default -> oneOf(random, NASTY);
        };
    }

    /** Up to {@code most} characters. */
    public static String characters(Random random, int most, IntFunction<Character> each) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(each)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** One further character stands in front of some texts, so that a cut splits a surrogate pair. */
    private static String longText(Random random) {
        var unit = oneOf(random, UNITS);
        return (random.nextBoolean() ? "a" : "") + unit.repeat(Math.ceilDiv(oneOf(random, LENGTHS), unit.length()));
    }

    /** The text with another one inserted at a random place. */
    public static String near(Random random, String text) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + text(random) + text.substring(at);
    }

    public static byte[] bytes(Random random) {
        var bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Headers as API Gateway writes them: names in lower case, texts as values. */
    public static Map<String, String> headers(Random random) {
        var headers = new LinkedHashMap<String, String>();
        for (int count = random.nextInt(4); count > 0; count--) {
            headers.put(oneOf(random, HEADERS), text(random));
        }
        return headers;
    }
}
