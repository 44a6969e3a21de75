package dev.darkroom.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.bench.LoopbackServer.Request;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The table, as far as the functions ask it: every row exists, and an id that begins with {@code c} is that of a
 * completed generation, any other that of one that the provider has. The index lists the rows that were made due.
 */
final class TableStandIn {

    /** A completed row's id. */
    static final String COMPLETED = "c".repeat(32);

    /** The id of a row whose prediction is ready but not fetched. */
    static final String PROCESSING = "d".repeat(32);

    /** What a function reads while it starts. */
    private static final String PRIMING = "0".repeat(32);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TARGET = "DynamoDB_20120810.";

    private final int millis;
    private final NavigableSet<String> due = new ConcurrentSkipListSet<>();

    TableStandIn(int millis) {
        this.millis = millis;
    }

    void makeDue(int rows) {
        IntStream.range(0, rows).mapToObj("d%031x"::formatted).forEach(due::add);
    }

    int due() {
        return due.size();
    }

    StandIn.Reply reply(Request request) {
        return new StandIn.Reply(millis, 200, body(request), !id(request).equals(PRIMING));
    }

    private String body(Request request) {
        var operation = request.headers().getOrDefault("x-amz-target", "");
        return switch (operation.substring(TARGET.length())) {
            case "GetItem" -> "{\"Item\":" + item(id(request)) + "}";
            case "Query" -> query();
            case "UpdateItem" -> {
                // Whatever is written in this benchmark about a row that is due, is its end.
                due.remove(id(request));
                yield "{}";
            }
            default -> "{}";
        };
    }

    private static String id(Request request) {
        return json(request.body()).path("Key").path("id").path("S").asText();
    }

    private static String item(String id) {
        var now = System.currentTimeMillis();
        var common = """
                "id":{"S":"%s"},"owner":{"S":"acme"},"model":{"S":"wavespeed-ai/imagen4"},"createdAt":{"N":"%d"},"version":{"N":"3"},\
                "input":{"S":"{\\"prompt\\":\\"a lighthouse at dawn\\",\\"num_images\\":1,\\"aspect_ratio\\":\\"16:9\\"}"},\
                "predictionId":{"S":"%s"},"submittedAt":{"N":"%d"}""".formatted(id, now - 5_000, "b".repeat(32), now - 4_800);
        var state = id.startsWith("c") ? """
                "status":{"S":"COMPLETED"},"outputs":{"L":[{"S":"https://images.example/%s.png"}]},\
                "nsfw":{"L":[{"BOOL":false}]},"inferenceMs":{"N":"3600"},"finishedAt":{"N":"%d"},"expiresAt":{"N":"%d"}""".formatted(id, now, now / 1000 + 86_400) : """
                "status":{"S":"PROCESSING"},"dueShard":{"N":"0"},"dueAt":{"N":"%d"}""".formatted(now - 1_000);
        return "{" + common + "," + state + "}";
    }

    private String query() {
        var dueAt = System.currentTimeMillis() - 1_000;
        var items = due.stream()
                .map(id -> "{\"id\":{\"S\":\"%s\"},\"dueShard\":{\"N\":\"0\"},\"dueAt\":{\"N\":\"%d\"}}"
                        .formatted(id, dueAt))
                .toList();
        return "{\"Items\":%s,\"Count\":%d,\"ScannedCount\":%d}"
                .formatted(items.stream().collect(Collectors.joining(",", "[", "]")), items.size(), items.size());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the table was sent no JSON", e);
        }
    }
}
