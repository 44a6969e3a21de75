package dev.darkroom.bench.stub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.bench.stub.LoopbackServer.Request;
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

/** A proxy before the table that asks what each request consumes, and records it. */
public final class CapacityProxy implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> FORWARDED = Set.of("x-amz-target", "content-type", "authorization", "x-amz-date");
    private static final Set<String> READS = Set.of("GetItem", "Query");
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");

    /**
     * What a request consumed.
     *
     * @param key the item's id, empty for a query
     * @param units of the table and its index
     * @param refused whether its condition did not hold; DynamoDB charges for that but does not say how much
     */
    public record Use(String operation, String key, double units, boolean refused) {

        public boolean isWrite() {
            return WRITES.contains(operation);
        }

        public boolean isOfApiKey() {
            return key.startsWith("key#");
        }

        public boolean isOfLease() {
            return key.startsWith("lease#");
        }

        /** Whether it is of the item by which an image is found by its content. */
        public boolean isOfContent() {
            return key.startsWith("image#");
        }
    }

    /** HTTP/1.1, because the proxy that checks permissions cannot forward an upgrade to HTTP/2. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final LoopbackServer server = new LoopbackServer(this::forward);
    private final BlockingQueue<Use> uses = new LinkedBlockingQueue<>();
    private volatile URI table = URI.create("http://localhost");

    /** Forwards requests to this table from now on; returns the proxy's own address. */
    public URI before(URI tableAddress) {
        table = tableAddress;
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** What was consumed since the last call of this method. */
    public List<Use> drain() {
        var drained = new ArrayList<Use>();
        uses.drainTo(drained);
        return drained;
    }

    /** Throws an {@link IllegalStateException} when the table refused a request, or a request cannot be counted. */
    public void requireNoFailure() {
        server.requireNoFailure();
    }

    private byte[] forward(Request request) throws InterruptedException {
        try {
            var asked = TableRequest.of(request);
            asked.body().put("ReturnConsumedCapacity", "INDEXES");
            var forwarded = HttpRequest.newBuilder(table)
                    .POST(BodyPublishers.ofString(asked.body().toString()));
            request.headers().forEach((name, value) -> {
                if (FORWARDED.contains(name)) {
                    forwarded.header(name, value);
                }
            });
            var response = client.send(forwarded.build(), BodyHandlers.ofString());
            uses.add(use(asked, response));
            var headers = new HashMap<String, String>();
            response.headers().firstValue("content-type").ifPresent(type -> headers.put("Content-Type", type));
            return LoopbackServer.answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the table does not answer", e);
        }
    }

    private static Use use(TableRequest asked, HttpResponse<String> response) throws JsonProcessingException {
        var operation = asked.operation();
        if (!READS.contains(operation) && !WRITES.contains(operation)) {
            throw new IllegalStateException("what %s consumes is not counted".formatted(operation));
        }
        var answer = JSON.readTree(response.body());
        boolean refused = answer.path("__type").asText().endsWith("ConditionalCheckFailedException");
        if (response.statusCode() != 200 && !refused) {
            throw new IllegalStateException("the table refused %s: %s".formatted(operation, response.body()));
        }
        var units = answer.path("ConsumedCapacity").path("CapacityUnits").asDouble();
        return new Use(operation, asked.id(), units, refused);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
