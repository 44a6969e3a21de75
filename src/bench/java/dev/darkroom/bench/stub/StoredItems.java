package dev.darkroom.bench.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.bench.stub.LoopbackServer.Request;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageFacts;
import dev.darkroom.local.table.DynamoDbLocal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Items as the product's own stores write them, so that no stub repeats the form of an item. */
final class StoredItems implements AutoCloseable {

    private static final Duration AGE = Duration.ofSeconds(5);
    private static final Duration INFERENCE = Duration.ofMillis(3_600);
    private static final String INPUT =
            "{\"prompt\":\"a lighthouse at dawn\",\"num_images\":1,\"aspect_ratio\":\"16:9\"}";
    private static final String URL = "https://images.example/0.png";
    private static final List<Output> OUTPUTS = List.of(new Output(URL, false));
    private static final ImageFacts FACTS = new ImageFacts(
            1_500_000, ContentType.PNG, new ContentHash("0123456789abcdef".repeat(4)), 1_024, 576, List.of());
    private static final List<Output> KEPT_OUTPUTS = List.of(new Output(URL, false, new ImageCopy.Kept(FACTS)));

    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final LoopbackServer table = new LoopbackServer(this::write);

    private StoredItems() {}

    /**
     * By id: a row that the provider accepted five seconds ago, a completed row, one whose image is kept, and the API key
     * of their owner.
     */
    static Map<String, ObjectNode> of(String processing, String completed, String kept) {
        try (var stored = new StoredItems()) {
            stored.create(processing, completed, kept);
            stored.table.requireNoFailure();
            return Map.copyOf(stored.items);
        }
    }

    private void create(String processing, String completed, String kept) {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        try (var client = DynamoDbLocal.client(URI.create("http://127.0.0.1:" + table.port()))) {
            var store = BenchTable.store(client, 1);
            store.create(BenchTable.processing(processing, ProviderStub.PREDICTION, INPUT, now.minus(AGE)));
            BenchTable.keys(client).add(new ApiKeyRecord(DynamoDbStub.KEY.digest(), BenchTable.OWNER, now, false));
            var row = BenchTable.processing(completed, ProviderStub.PREDICTION, INPUT, now.minus(AGE));
            store.create(row);
            store.update(row.completed(completed(OUTPUTS, now)));
            var keeping = BenchTable.keeping(
                    BenchTable.processing(kept, ProviderStub.PREDICTION, INPUT, now.minus(AGE)), DynamoDbStub.TOKEN);
            store.create(keeping);
            store.update(keeping.completed(completed(KEPT_OUTPUTS, now)));
        }
    }

    private static State.Completed completed(List<Output> outputs, Instant now) {
        return new State.Completed(BenchTable.prediction(ProviderStub.PREDICTION), outputs, INFERENCE, now);
    }

    private byte[] write(Request request) {
        var written = TableRequest.of(request);
        switch (written.operation()) {
            case "PutItem" -> items.put(written.id(), written.body().withObject("Item"));
            case "UpdateItem" ->
                items.compute(written.id(), (_, item) -> written.appliedTo(Objects.requireNonNull(item)));
            default -> throw new IllegalArgumentException("rows are not written with " + written);
        }
        return LoopbackServer.answer(200, Map.of("Content-Type", "application/x-amz-json-1.0"), "{}");
    }

    @Override
    public void close() {
        table.close();
    }
}
