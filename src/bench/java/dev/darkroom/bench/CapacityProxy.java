package dev.darkroom.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.bench.LoopbackServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands before the table, asks it what each request consumes, and takes that down. */
final class CapacityProxy implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> FORWARDED = Set.of("x-amz-target", "content-type", "authorization", "x-amz-date");
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");

    /**
     * What a request consumed.
     *
     * @param key the item's id, empty for a query
     * @param units of the table and its index
     * @param refused whether its condition did not hold; DynamoDB charges for that but does not say how much
     */
    record Use(String operation, String key, double units, boolean refused) {

        boolean isWrite() {
            return WRITES.contains(operation);
        }

        boolean isOfLease() {
            return key.startsWith("lease#");
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final LoopbackServer server = new LoopbackServer(this::forward);
    private final BlockingQueue<Use> uses = new LinkedBlockingQueue<>();
    private volatile URI table = URI.create("http://localhost");

    /** The proxy's address, once it knows where the table is. */
    URI before(URI tableAddress) {
        table = tableAddress;
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** What was consumed since this was last asked. */
    List<Use> drain() {
        var drained = new ArrayList<Use>();
        uses.drainTo(drained);
        return drained;
    }

    private byte[] forward(Request request) throws InterruptedException {
        try {
            var asked = (ObjectNode) JSON.readTree(request.body());
            asked.put("ReturnConsumedCapacity", "INDEXES");
            var forwarded = HttpRequest.newBuilder(table).POST(BodyPublishers.ofString(asked.toString()));
            request.headers().forEach((name, value) -> {
                if (FORWARDED.contains(name)) {
                    forwarded.header(name, value);
                }
            });
            var response = client.send(forwarded.build(), BodyHandlers.ofString());
            uses.add(use(request, asked, response));
            var headers = new HashMap<String, String>();
            response.headers().firstValue("content-type").ifPresent(type -> headers.put("Content-Type", type));
            return LoopbackServer.answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the table does not answer", e);
        }
    }

    private static Use use(Request request, JsonNode asked, HttpResponse<String> response)
            throws JsonProcessingException {
        var operation = request.headers().getOrDefault("x-amz-target", "").replaceFirst(".*\\.", "");
        var key = asked.path(operation.equals("PutItem") ? "Item" : "Key")
                .path("id")
                .path("S")
                .asText();
        var answer = JSON.readTree(response.body());
        boolean refused = answer.path("__type").asText().endsWith("ConditionalCheckFailedException");
        return new Use(
                operation,
                key,
                answer.path("ConsumedCapacity").path("CapacityUnits").asDouble(),
                refused);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
